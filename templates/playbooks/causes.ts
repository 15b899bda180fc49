import type { Plays } from '../../src/features/profile.ts'
import type { Cause } from '../../src/risk/assessment.ts'
import { type Text, text } from '../../src/text.ts'

/** What to do about one likely reason of leaving, in whatever industry; a profile says it in its own words (`plays`). */
export interface CausePlay {
  /** Before any contact: what to find out. */
  readonly prepare: Text
  /** What the contact is for. */
  readonly act: Text
  /** An opening sentence to say in one's own voice. */
  readonly talk: Text
  /** What can be done for a customer who must not be contacted. */
  readonly quiet: Text
  /** For whoever serves them next: the front line, not the owner of the case. */
  readonly visit: Text
}

export const TALK_LABEL: Text = text('可以这样开口：', 'You could open with: ')

export const VISIT_LABEL: Text = text('下次接待：', 'When they next come: ')

export const NO_CONSENT: Text = text(
  '客户未同意被联系：不主动打电话、不发消息，等客户自己来电或上门时再谈。',
  'No consent to contact: do not call or message. Talk when the customer next comes to us.',
)

export const CAUSE_PLAYS: Readonly<Record<Cause, CausePlay>> = {
  service: {
    prepare: text(
      '先看最近的工单和评价，弄清是谁、在哪件事上没办好。',
      'Read the latest tickets and ratings first: who let them down, and over what?',
    ),
    act: text(
      '把问题认下来，说好谁来改、哪天改完；没解决之前不谈优惠。',
      'Own the problem. Say who will fix it and by when; no offers until it is fixed.',
    ),
    talk: text(
      '“上次让您不痛快，是我们没做好。您慢慢说，我都记下来，今天就给您准信。”',
      '“We let you down last time. Tell me what happened, and I’ll come back to you today with an answer.”',
    ),
    quiet: text('把问题转给负责的团队整改。', 'Have the team in charge put it right.'),
    visit: text(
      '由最有经验的同事接待，先问上次那件事解决得怎么样，再办这次的事。',
      'Give them an experienced colleague, who asks how last time’s problem turned out before anything else.',
    ),
  },
  product: {
    prepare: text(
      '查一遍故障和报修记录，看是不是老问题没解决。',
      'Check faults and earlier reports: has the same problem come back?',
    ),
    act: text(
      '请最懂产品的同事免费排查，讲清原因、方案和要多久。',
      'Have whoever knows the product best look into it, free. Explain the cause, the fix and how long it takes.',
    ),
    talk: text(
      '“同一个问题反复出现，换成我也着急。我想请最懂这块的同事专门给您查一遍，您哪天方便？”',
      '“I’d be frustrated too if it kept coming back. I’d like our best person on this to look at it. Which day suits you?”',
    ),
    quiet: text('转技术部门排查。', 'Ask the technical team to look into it.'),
    visit: text(
      '先告诉客户上次的问题查得怎么样，请最懂产品的同事当面再试一遍。',
      'Say first what we found about last time’s problem; have whoever knows the product best try it with them.',
    ),
  },
  price: {
    prepare: text(
      '翻最近几次账单，看是哪一项让客户觉得不值。',
      'Look through recent bills: which item stopped feeling worth it?',
    ),
    act: text(
      '先讲清钱花在哪，再按实际使用推荐合适的方案，别一开口就打折。',
      'Show what the money buys, then suggest the plan that fits. Do not open with a discount.',
    ),
    talk: text(
      '“您觉得哪一项花得不值？咱们一项一项看，能省的就给您省下来。”',
      '“Which part feels like poor value? Let’s go through it together and drop what you don’t need.”',
    ),
    quiet: text('核对账单，有多收的主动更正。', 'Check the bills for mistakes and correct any.'),
    visit: text(
      '办之前先报总价，一项一项讲清；可以不做的明说，由客户定。',
      'Give the full price first, item by item. Say what is not needed, and let them choose.',
    ),
  },
  competitor: {
    prepare: text(
      '弄清客户在看哪一家、看中什么，想好我们确实更强的一两点。',
      'Find out who they are looking at and why. Pick the one or two things we truly do better.',
    ),
    act: text(
      '不说别家坏话；问清打动客户的是哪一点，就答那一点。',
      'Never run the rival down. Ask what appeals to them, and answer exactly that.',
    ),
    talk: text(
      '“多看几家很正常。方便说说那边哪一点打动您吗？我看看我们能不能也做到。”',
      '“It makes sense to look around. What do you like about them? Let me see what we can do.”',
    ),
    quiet: text(
      '备好我们的对比说明，客户主动问起时再用。',
      'Have our comparison ready, for when the customer asks.',
    ),
    visit: text(
      '不打听、不劝；把我们做得更好的那一两点做给客户看，再问一句还缺什么。',
      'No probing, no persuading. Show the one or two things we do better, and ask what is still missing.',
    ),
  },
  'life-change': {
    prepare: text(
      '看看近几个月用法怎么变的：换了工作、家里添人，还是单纯用得少了。',
      'See how their use changed: a new job, a new family member, or simply less need?',
    ),
    act: text(
      '按现在的情况调整服务：时间、频次、方案都可以谈。',
      'Fit the service to life as it is now: timing, frequency and plan can all change.',
    ),
    talk: text(
      '“最近是不是忙，用得少了？服务可以按您现在的情况来调，不着急定。”',
      '“Have things changed for you lately? We can adjust to suit. No hurry to decide.”',
    ),
    quiet: text(
      '停掉推销类消息，只留必要的服务提醒。',
      'Stop promotional messages; keep only the service reminders that matter.',
    ),
    visit: text(
      '问问近来用得怎么样，只推荐现在用得上的。',
      'Ask how they get on these days, and suggest only what is of use now.',
    ),
  },
  moved: {
    prepare: text(
      '核对地址，看客户是不是搬走了、新地方还能不能用我们的服务。',
      'Check the address: have they moved, and can we still serve them there?',
    ),
    act: text(
      '还能服务，就帮客户把记录和权益转过去；不能，就好聚好散。',
      'If we can serve them there, transfer records and entitlements. If not, part on good terms.',
    ),
    talk: text(
      '“您是不是搬家了？新地方我们要是也能服务，我帮您把记录和权益转过去。”',
      '“Have you moved? If we can serve you there, I can transfer your records and benefits.”',
    ),
    quiet: text(
      '更新地址；服务不到的，不必再跟。',
      'Update the address. If we cannot serve them there, let the case go.',
    ),
    visit: text(
      '问问现在过来方不方便，登记新地址；能转过去的当场办好。',
      'Ask whether it is far now, note the new address, and transfer there and then what can be.',
    ),
  },
  unknown: {
    prepare: text(
      '先翻最近的消费和反馈，看变化是从什么时候开始的。',
      'Go through recent purchases and feedback: when did it start to change?',
    ),
    act: text(
      '第一次只问近况，不提流失、不推销，听出原因再定下一步。',
      'Make the first talk about them. Do not sell or mention leaving; hear the reason, then decide.',
    ),
    talk: text(
      '“有阵子没见您了，最近都还顺利吗？有什么我们没做好的，您直说。”',
      '“It’s been a while. Is everything all right? If we’ve slipped up, please tell me straight.”',
    ),
    quiet: text(
      '先不打扰，留意客户下一次出现。',
      'Leave them in peace, and watch for the next sign of life.',
    ),
    visit: text(
      '照常接待，多问一句“最近都还顺利吗”；听到什么，用 heard 记下来。',
      'Serve them as ever, and ask “Is everything all right?” Write down what you hear with heard.',
    ),
  },
}

/** Where the reason is not clear but the customer has just spoken: to ask how they have been would be deaf. */
const SPOKEN: CausePlay = {
  prepare: text(
    '先看客户这次说了什么、之前发生过什么，弄清是哪件事。',
    'Read what they said this time and what came before it: what is it about?',
  ),
  act: text(
    '从客户说的这件事谈起，听客户讲完；能当场定的当场定，其余说好谁来办、哪天回话。',
    'Start with what they said and hear them out. Settle what you can at once; for the rest, say who does what by when.',
  ),
  talk: text(
    '“您反映的情况我看到了，让您不满意，是我们没做好。您说说经过，我来跟到底。”',
    '“I’ve seen what you told us, and I’m sorry. Tell me what happened, and I’ll see it through myself.”',
  ),
  quiet: text('把客户说的事交给负责的人先办好。', 'Have what they spoke of put right.'),
  visit: text(
    '先说客户反映的那件事办得怎么样了，别等客户再提一遍。',
    'Say how the matter they raised stands, before they have to bring it up again.',
  ),
}

/**
 * What to do for the likely reason: as the industry does it, else as everyone does. `spoke`: the card quotes the customer.
 */
export function playFor(cause: Cause, spoke: boolean, own: Plays | undefined): CausePlay {
  return cause === 'unknown' && spoke ? SPOKEN : { ...CAUSE_PLAYS[cause], ...own?.[cause] }
}
