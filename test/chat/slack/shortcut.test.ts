import { afterEach, describe, expect, test } from 'vitest'
import { shortcutBody, submitBody } from '../../fakes/slack/people.ts'
import { openUnderTest, type SlackUnderTest, until } from './open.ts'

let under: SlackUnderTest
afterEach(() => under.close())

test('the message shortcut asks whose words these are, then they are heard', async () => {
  under = await openUnderTest('socket')
  const { fake, counter } = under
  await fake.link.send('interactive', shortcutBody(fake, '客户说 <http://x.cn|下次> 换一家 &amp; 不来了'))
  await until(() => fake.space.modals.length === 1)
  const [modal] = fake.space.modals
  expect(JSON.stringify(modal!.view)).toContain('客户说 下次 换一家 & 不来了')
  await fake.link.send(
    'interactive',
    submitBody(fake, modal!, { customer: 'Anna Schmidt', words: '下次换一家' }),
  )
  expect(counter.taken).toMatchObject([
    { channel: 'C0TALK', did: { kind: 'say', line: 'heard "Anna Schmidt" 下次换一家' } },
  ])
})

describe('the message shortcut where the person has cases', () => {
  const choices = [
    { value: 'A-1042', label: 'A-1042 Zhao · Claimed' },
    { value: 'A-1001', label: 'A-1001 Wang · Open' },
  ]

  test('one is chosen from the list, else a customer is named', async () => {
    under = await openUnderTest('socket')
    const { fake, counter } = under
    counter.casesFor = async ({ user }) => (user === 'U0LIN' ? choices : [])
    await fake.link.send('interactive', shortcutBody(fake, 'we go elsewhere'))
    await until(() => fake.space.modals.length === 1)
    const [modal] = fake.space.modals
    const [list, other] = modal!.view['blocks'] as Record<string, unknown>[]
    expect(list).toMatchObject({ block_id: 'case', optional: true, element: { type: 'static_select' } })
    expect(JSON.stringify(list)).toMatch(/A-1042 Zhao.*A-1001 Wang/)
    expect(other).toMatchObject({ block_id: 'customer', optional: true })
    await fake.link.send(
      'interactive',
      submitBody(fake, modal!, { case: { chosen: 'A-1042' }, customer: '', words: 'we go elsewhere' }),
    )
    await fake.link.send('interactive', shortcutBody(fake, 'and so does he'))
    await until(() => fake.space.modals.length === 2)
    await fake.link.send(
      'interactive',
      submitBody(fake, fake.space.modals[1]!, {
        case: { chosen: 'A-1042' },
        customer: 'C-7',
        words: 'and so does he',
      }),
    )
    expect(counter.taken.map(({ did }) => did)).toEqual([
      { kind: 'say', line: 'heard A-1042 we go elsewhere' },
      { kind: 'say', line: 'heard C-7 and so does he' },
    ])
  })

  test('a list that cannot be read costs the form nothing', async () => {
    under = await openUnderTest('socket')
    const { fake, counter } = under
    counter.casesFor = async () => {
      throw new Error('the database is down')
    }
    await fake.link.send('interactive', shortcutBody(fake, 'we go elsewhere'))
    await until(() => fake.space.modals.length === 1)
    expect(JSON.stringify(fake.space.modals[0]!.view)).not.toContain('static_select')
  })
})
