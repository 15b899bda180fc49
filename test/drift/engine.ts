import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { PGlite } from '@electric-sql/pglite'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import * as glue from '@prisma/schema-engine-wasm/schema_engine_bg'
import { liteFactory } from './lite-adapter.ts'

/** One migration folder: its name and the text of its `migration.sql`. */
export interface Migration {
  readonly name: string
  readonly sql: string
}

/** The two constructors used here; TypeScript declares them for browsers only. */
const { WebAssembly: webAssembly } = globalThis as unknown as {
  WebAssembly: {
    Module: new (code: Uint8Array) => object
    Instance: new (module: object, imports: object) => { exports: { __wbindgen_start(): void } }
  }
}

let loaded = false

/** Prisma's own schema engine, compiled to WebAssembly: no download, no server. */
function loadEngine(): void {
  if (loaded) return
  const require = createRequire(import.meta.url)
  const file = require.resolve('@prisma/schema-engine-wasm/schema_engine_bg').replace(/\.js$/, '.wasm')
  const { Module, Instance } = webAssembly
  const { exports } = new Instance(new Module(readFileSync(file)), { './schema_engine_bg.js': glue })
  glue.__wbg_set_wasm(exports)
  exports.__wbindgen_start()
  loaded = true
}

/** Compares what migrations build with what a schema declares, one pair after the other, in one throw-away database. */
export interface Drift {
  /**
   * The SQL that leads from what `migrations` build to what `schema` (the text of schema.prisma) declares.
   * Empty when they agree. Throws with PostgreSQL's or Prisma's own words when either is invalid.
   */
  missingSql(schema: string, migrations: readonly Migration[]): Promise<string>
  close(): Promise<void>
}

/** @param data a folder of PGlite's whose database may be thrown away; default: made in memory, which takes seconds */
export async function openDrift(data?: string): Promise<Drift> {
  loadEngine()
  const database = await PGlite.create(data)
  const factory = bindMigrationAwareSqlAdapterFactory(liteFactory(database))
  return {
    missingSql: async (schema, migrations) => {
      await database.exec('ROLLBACK; DROP SCHEMA public CASCADE; CREATE SCHEMA public')
      const files = [{ path: 'schema.prisma', content: schema }]
      try {
        const datamodels: [string, string][] = [['schema.prisma', schema]]
        const engine = await glue.SchemaEngine.new({ datamodels }, () => {}, factory)
        const answer = await engine.diff({
          from: { tag: 'migrations', ...listOf(migrations) },
          to: { tag: 'schemaDatamodel', files },
          script: true,
          exitCode: true,
          filters: { externalTables: [], externalEnums: [] },
        })
        return answer.exitCode === 0 ? '' : `${(answer.stdout ?? '').trim()}\n`
      } catch (error) {
        throw new Error(readable(error))
      }
    },
    close: () => database.close(),
  }
}

function listOf(migrations: readonly Migration[]) {
  return {
    baseDir: 'prisma/migrations',
    lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
    shadowDbInitScript: '',
    migrationDirectories: migrations.map(({ name, sql }) => ({
      path: name,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value: sql } },
    })),
  }
}

/** The engine's words without the trace through its Rust source. */
function readable(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  return text.replace(/\n\s+0: schema_engine[\s\S]*$/, '').trim()
}
