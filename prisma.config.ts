import { defineConfig } from 'prisma/config'

// `generate`, `validate` and `format` never run the schema engine, yet the CLI refuses to start without
// its binary (a download). Any existing file satisfies that check; `migrate` must get the real one.
if (/^(generate|validate|format)$/.test(process.argv[2] ?? '')) {
  process.env['PRISMA_SCHEMA_ENGINE_BINARY'] ??= process.execPath
}

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env['DATABASE_URL'] ?? 'postgresql://localhost/unset' },
})
