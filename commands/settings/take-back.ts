import type { Context } from '../../src/context.ts'
import { ForeshockError } from '../../src/errors.ts'
import { text } from '../../src/text.ts'

/**
 * Takes the last change of something kept among the settings back, whoever made it; done twice, it is made again.
 *
 * @param refuse throws where what it goes back to makes no sense any more
 * @throws ForeshockError CONFLICT where nothing was ever changed
 */
export async function takeBack(
  ctx: Context,
  name: string,
  by: string,
  refuse: (before: unknown) => void = () => {},
): Promise<void> {
  const now = ctx.clock.now()
  await ctx.store.transaction(async ({ settings }) => {
    await settings.forUpdate(name)
    const [last] = await settings.changes(name, 1)
    if (last === undefined) throw neverChanged(name)
    refuse(last.before)
    await settings.set(name, last.before, by, now)
  })
}

function neverChanged(name: string): ForeshockError {
  return new ForeshockError(
    'CONFLICT',
    text(`${name} 从没改过。`, `${name} was never changed.`),
    text('没有可以撤回的修改。', 'There is nothing to take back.'),
  )
}
