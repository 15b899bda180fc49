/** One request to /ingest, due so many milliseconds after the start. */
export interface DuePost {
  readonly at: number
  readonly door: 'feedback' | 'events'
  readonly id: string
  /** Number of the customer; angry ones count from 1, each once, the others come again and again. */
  readonly customer: number
  readonly isAngry: boolean
  readonly text: string
  readonly isSigned: boolean
}

/** Every so many requests a customer of high value has had enough. */
export const ANGRY_EVERY = 20

const ANGRY = [
  '修了三次都没好，我要退款',
  '我要解约，下周就换一家',
  'I want a refund and I will cancel today',
]
const CALM = [
  '今天保养很快，谢谢',
  '请问周六几点开门',
  '车机升级以后顺手多了',
  'All fine, thank you',
  '空调有点响，下次看看',
]

/** Stands in what an angry customer says, and so on their card, which masks their name. */
export const markOf = (customer: number): string => `#${String(customer).padStart(6, '0')}`

/** Requests at a steady rate: voices and visits of everyone, and some who are about to leave. */
export function postsOf(load: { aSecond: number; seconds: number; calm: number }): DuePost[] {
  return Array.from({ length: load.aSecond * load.seconds }, (_, place): DuePost => {
    const isAngry = place % ANGRY_EVERY === ANGRY_EVERY - 1
    const nth = Math.floor(place / ANGRY_EVERY)
    return {
      at: (place * 1_000) / load.aSecond,
      door: isAngry || place % 3 !== 0 ? 'feedback' : 'events',
      id: `post-${place}`,
      customer: isAngry ? nth + 1 : place % load.calm,
      isAngry,
      text: isAngry ? `${ANGRY[nth % ANGRY.length]!} ${markOf(nth + 1)}` : CALM[place % CALM.length]!,
      isSigned: place % 2 === 0,
    }
  })
}
