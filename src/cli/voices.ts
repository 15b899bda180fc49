import type { Command } from 'commander'
import type { LeavingWords } from '../main/leaving-train.ts'
import type { Shared } from '../main/program.ts'
import type { VoiceWords } from '../main/voice-verbs.ts'
import type { VoicesTrainWords } from '../main/voices-train.ts'
import { run } from './run.ts'

/** `foreshock voices ...`: what customers say, away from the running program. */
export function addVoices(program: Command): void {
  const voices = program.command('voices').description('what customers say: read it, learn from labels')
  const verb = (name: string, about: string): Command =>
    voices
      .command(name)
      .description(about)
      .option('--config <file>', 'configuration file (default ./foreshock.yaml)')
      .option('--json', 'print JSON instead of words', false)
  verb(
    'classify',
    'sentiment, topics, words, urgency and wish of voices on standard input, one {"text": ...} a line',
  ).action((options: Shared) => run('voices classify', options))
  verb('topics', 'learn topics from labelled voices, kept where that beats the rules')
    .option(
      '--labels <file>',
      'one {"text": ..., "topics": [...]} a line; default: labels given in the program',
    )
    .action((options: Shared & VoiceWords) => run('voices topics', options))
  voices
    .command('train')
    .description('learn sentiment weights from labelled texts, and say how they did')
    .requiredOption(
      '--data <places...>',
      'folders with a sources.yaml, or CSV/NDJSON files with text and label',
    )
    .option('--out <folder>', 'where the weights and their card go', '.foreshock/sentiment')
    .option('--seed <number>', 'what chance is drawn from', '1')
    .option('--json', 'print JSON instead of words', false)
    .action((options: Shared & VoicesTrainWords) => run('voices train', options))
  voices
    .command('leaving')
    .description('learn what leaving sounds like from judged sentences')
    .requiredOption('--cases <files...>', 'files with "strong | sentence" or "- | sentence" a line')
    .option('--data <places...>', 'texts about other things, as those of `voices train`')
    .option('--out <folder>', 'where the weights and their card go', '.foreshock/leaving')
    .option('--json', 'print JSON instead of words', false)
    .action((options: Shared & LeavingWords) => run('voices leaving', options))
}
