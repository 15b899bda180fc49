import { z } from 'zod'

/** Classes of churn words, strongest first (the same names as in a reading's evidence). */
export const WORD_CLASSES = ['strong-churn', 'life-change', 'competitor', 'strong-negative'] as const
export type WordClass = (typeof WORD_CLASSES)[number]

/** How bad a term is: 1 mild, 2 plain, 3 grave. */
export type Severity = 1 | 2 | 3

/** How bad a term of a class is where its entry does not say. */
export const USUAL_SEVERITY: Readonly<Record<WordClass, Severity>> = {
  'strong-churn': 3,
  'life-change': 2,
  competitor: 2,
  'strong-negative': 2,
}

/** A class of a company's own: what it is called, and which of the four it counts as. */
export const ownClassSchema = z.strictObject({
  id: z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N}_-]{0,31}$/u),
  zh: z.string().trim().min(1).max(32),
  en: z.string().trim().min(1).max(32),
  as: z.enum(WORD_CLASSES),
})
export type OwnClass = z.infer<typeof ownClassSchema>

const phrase = z.string().trim().min(1).max(64)
export const severitySchema = z.union([z.literal(1), z.literal(2), z.literal(3)])
/** Also `(a|b)` alternatives, which make it longer. */
export const aliasSchema = z.string().trim().min(1).max(1_000)
export const patternSchema = z.string().min(1).max(400)

/** An entry as a file holds it: a term, or a pattern under a name. */
export const writtenSchema = z
  .strictObject({
    /** The word or phrase, as people write it; spelling variants are folded and English is inflected. */
    term: phrase.optional(),
    /** A regular expression in RE2's syntax, matched against the folded text; `term` is then only its name. */
    pattern: patternSchema.optional(),
    /** One of the four, or the id of an own class. */
    class: z.string().trim().min(1),
    /**
     * Other spellings and names: "(a|b)" are alternatives, "把…退了" asks for the first part before the second in
     * the same clause.
     */
    aliases: z.array(aliasSchema).max(200).default([]),
    severity: severitySchema.optional(),
    /**
     * Longer phrases in which the term means something else ("垃圾桶"). "…" stands for a short gap in the same
     * clause ("取消…闹钟").
     */
    not: z.array(aliasSchema).default([]),
    /** Something we are asked for: "you don't refund me" is a complaint, only "I don't want a refund" takes it back. */
    asked: z.boolean().default(false),
    /** Also a polite closing: counts only where nothing polite stands around it. */
    closing: z.boolean().default(false),
    /** A decision that holds a "not" itself ("不续费", "never again"): nobody asks how it is done. */
    decided: z.boolean().default(false),
    /** Ends the relation only where its object belongs to it: "cancel my plan", not "cancel my massage". */
    relation: z.boolean().default(false),
    /** Stands for what whole sentences of a language say without any word of the lexicon (`sense.ts`); `term` is only its name. */
    sensed: z.enum(['zh', 'en']).optional(),
  })
  .refine(({ term, pattern }) => term !== undefined || pattern !== undefined, 'Needs a term or a pattern')

type Written = z.infer<typeof writtenSchema>

/** An entry in use. Only `term` and `class` must be given; everything else has a plain meaning when left out. */
export interface LexiconEntry {
  readonly term: string
  readonly class: WordClass
  /** The company's own class it was put into, which counts as `class`. */
  readonly own?: OwnClass
  readonly pattern?: string
  readonly aliases?: readonly string[]
  readonly severity?: Severity
  readonly not?: readonly string[]
  readonly asked?: boolean
  readonly closing?: boolean
  readonly decided?: boolean
  readonly relation?: boolean
  readonly sensed?: 'zh' | 'en'
  /** Comes with the program: what sentences say was learned beside it, and may speak against it. */
  readonly shipped?: true
}

export function severityOf({ severity, class: wordClass }: LexiconEntry): Severity {
  return severity ?? USUAL_SEVERITY[wordClass]
}

/** The four classes and the company's own, by id; null for a name that is neither. */
export function classNamed(
  id: string,
  own: readonly OwnClass[],
): { readonly class: WordClass; readonly own?: OwnClass } | null {
  const built = WORD_CLASSES.find((each) => each === id)
  if (built !== undefined) return { class: built }
  const made = own.find((each) => each.id === id)
  return made === undefined ? null : { class: made.as, own: made }
}

/** A written entry with its class looked up; null where there is no such class. */
export function entryOf(written: Written, own: readonly OwnClass[]): LexiconEntry | null {
  const { term, pattern, severity, sensed, class: id, ...rest } = written
  const found = classNamed(id, own)
  if (found === null) return null
  return {
    term: term ?? pattern!,
    ...found,
    ...(pattern === undefined ? {} : { pattern }),
    ...(severity === undefined ? {} : { severity }),
    ...(sensed === undefined ? {} : { sensed }),
    ...rest,
  }
}
