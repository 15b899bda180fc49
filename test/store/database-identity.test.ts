import { expect, it } from 'vitest'
import { databaseIdentity } from '../../src/store/database-identity.ts'
import { openTestDatabase, places } from '../places.ts'

it.each(places)('a database on $name is told from others, and stays itself', async (where) => {
  const [one, other] = [await openTestDatabase(where), await openTestDatabase(where)]
  try {
    const identity = await databaseIdentity(one.pool)
    expect(await databaseIdentity(one.pool)).toBe(identity)
    // Copies of one template are the same but for what happens to them; a server's databases have names of their own.
    await other.pool.query('UPDATE _prisma_migrations SET id = gen_random_uuid()::text')
    expect(await databaseIdentity(other.pool)).not.toBe(identity)
  } finally {
    await one.close()
    await other.close()
  }
})
