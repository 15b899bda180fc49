import type { Plays } from '../../src/features/profile.ts'
import type { Cause } from '../../src/risk/assessment.ts'
import { type Text, text } from '../../src/text.ts'

/** What customers themselves read: no sales talk, no word of leaving, nothing promised that nobody may keep. */
export interface CareWords {
  /** To a customer of a P2, whom a colleague looks at within days. */
  readonly care: Text
  /** To a customer on watch. */
  readonly reminder: Text
}

/** Matched to the likely reason, in whatever industry; a profile says it in its own words (`plays`). */
const CARE_WORDS: Readonly<Record<Cause, CareWords>> = {
  service: {
    care: text(
      '最近的服务要是有让您不满意的地方，是我们没做好，请直接告诉我们。我们的同事会重新看一遍您的情况。',
      'If our service has let you down lately, we are sorry; please tell us straight. A colleague is going over how you were served.',
    ),
    reminder: text(
      '每次服务之后，哪里做得不到位，都欢迎您告诉我们，我们会改。',
      'After each visit to us: if something was not right, please tell us. We will put it right.',
    ),
  },
  product: {
    care: text(
      '使用中要是遇到不顺，别将就，告诉我们。我们的同事会看一下您之前的记录。',
      'If something does not work as it should, please do not put up with it: tell us. A colleague is going through your records.',
    ),
    reminder: text(
      '使用中遇到故障提示或不顺，记下时间和现象，告诉我们，查起来会快很多。',
      'If you see a fault or a warning, note when and what it was and tell us. It makes it much quicker to find.',
    ),
  },
  price: {
    care: text(
      '费用上有看不明白的地方，随时问我们，我们一项一项给您讲清楚。',
      'If anything about your bills is not clear, ask us. We will go through them with you item by item.',
    ),
    reminder: text(
      '账单和用量有看不明白的，随时问我们就好。',
      'If a bill or your use of the service raises a question, just ask us.',
    ),
  },
  competitor: {
    care: text(
      '用得还顺手吗？有什么想了解的，尽管问，我们如实回答。',
      'Does everything suit you? Whatever you would like to know, ask us, and you will get a straight answer.',
    ),
    reminder: text(
      '使用上有什么疑问或想法，随时告诉我们，我们如实回答。',
      'If you have a question or an idea, let us know. You will get a straight answer.',
    ),
  },
  'life-change': {
    care: text(
      '最近要是忙，或者安排有变，不着急。时间和频次有需要调整的，说一声就好。',
      'If you are busy or things have changed for you, there is no hurry. If another time or rhythm suits you better, just say so.',
    ),
    reminder: text(
      '安排有变化时，预约的时间可以改，说一声就好。',
      'When your plans change, an appointment can change too. Just say so.',
    ),
  },
  moved: {
    care: text(
      '您的地址或联系方式要是变了，告诉我们一声，免得错过重要的通知。',
      'If your address or number has changed, let us know, so that you miss nothing that matters.',
    ),
    reminder: text(
      '地址或电话有变动，记得告诉我们一声，免得错过重要的通知。',
      'If you move or change your number, please let us know, so that you miss nothing that matters.',
    ),
  },
  unknown: {
    // They may have just told us something, or nothing for months: it has to be right for both.
    care: text(
      '最近要是有什么我们没做好的，或者有用得着我们的地方，请直接告诉我们，会有同事留意。',
      'If there is something we could have done better lately, or anything we can do for you, please tell us straight. A colleague will see to it.',
    ),
    reminder: text(
      '有任何需要或疑问，随时联系我们，我们都在。',
      'Whenever you need something or have a question, we are here.',
    ),
  },
}

export function careWordsFor(cause: Cause, own: Plays | undefined): CareWords {
  return { ...CARE_WORDS[cause], ...own?.[cause] }
}
