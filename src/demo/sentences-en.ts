import type { Mood } from './sentences.ts'

/** The same moods in English, for customers who write it. Slots as in the Chinese sentences. */
export const ENGLISH: Readonly<Record<Mood, readonly string[]>> = {
  praise: [
    '{advisor} was friendly and the work was quick. I will be back.',
    'In and out in just over an hour, and the coffee is decent too.',
    'The technician showed me the old parts and explained everything.',
    '{years} years with my {model}, always at {store}, never a worry.',
    'Pick-up and drop-off saved my day. Thank you!',
  ],
  plain: [
    'Fine overall, the wait was a bit long.',
    'Regular service, no problems.',
    'Good work, parking is tricky at weekends.',
    'All good. A slightly better price would be nice.',
  ],
  gripe: [
    'Booked for ten, seen at eleven. Please do better.',
    'The wash was careless this time, the wheels were still dirty.',
    'Nobody told me the car would be an hour late.',
  ],
  'how-to': [
    'How do I cancel the reminder in the app? It buzzes all day.',
    'How do I cancel my Saturday booking? I want Sunday instead.',
    'How long does a refund usually take? I was charged twice last time.',
    'Where can I see how many services are left in my plan?',
  ],
  goodbye: ['Great, that answers it. Thanks, goodbye!', 'OK, see you Saturday. Bye!'],
  negation: [
    "I'm not asking for a refund, I just want to understand the bill.",
    "I don't want to cancel the plan, only to move the date.",
    'The refund arrived quickly last time, thanks for that.',
  ],
  complaint: [
    'Two hours of waiting again. I am fed up with the queue.',
    'Second visit for the same rattle. Can you fix it once, please?',
    'The free check turned out not to be free. Please explain.',
  ],
  soothed: [
    'The store manager called and apologised. Fair enough.',
    'No rattle since the second repair. Thanks for sorting it out.',
  ],
  furious: [
    'The {part} has been repaired three times and still fails. I want a refund.',
    '{days} days and nobody called back. Cancel my service plan.',
    'You charged me twice and deny it. Refund me or my lawyer will write.',
    'I am done. Terminate my warranty contract, I am taking the car elsewhere.',
  ],
  storm: [
    'Since the May update my range is down by a hundred kilometres. I want a refund.',
    'The screen goes black every day since the update. Cancel my service plan.',
  ],
  'still-furious': [
    'Still no call back. Stop stalling and refund me.',
    'I asked for a refund, not a voucher.',
    'No answer again. My lawyer will take it from here, terminate the contract.',
  ],
  'fed-up': [
    'Fed up. Every time the part is out of stock.',
    'You took the money and did nothing. This is a scam.',
    'That was the last time I come to {store}.',
  ],
  rival: [
    'A friend switched to {rival} and pays a third less for servicing.',
    'I test-drove a {rival} last week. The driver assistance beats mine.',
    '{rival} offers me more for my car. Can you match it?',
  ],
  'rival-won': ['I have ordered a {rival}. Please refund the rest of my service plan.'],
  moved: [
    'I have been transferred to Chengdu. Can I use my plan there?',
    'We moved, {store} is two hours away now.',
  ],
  'life-change': [
    'New baby at home, the car hardly moves. Servicing will have to wait.',
    'I work from home now and drive once a week at most. No more reminders, please.',
  ],
  'let-down': [
    'I used to recommend you to everyone. This time I feel let down.',
    '{years} years a customer and nobody seemed to care. Disappointed.',
  ],
  'let-down-over': ['I have had enough of being let down. Please refund the plan.'],
  warranty: [
    'The extension costs far more than last year. I will think about it.',
    'Now that the warranty is over I will buy parts online.',
  ],
  curt: ['Busy lately, not booking for now.', 'Not needed, thanks.'],
}
