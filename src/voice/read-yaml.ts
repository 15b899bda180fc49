import { parse } from 'yaml'
import { ForeshockError } from '../errors.ts'

/** The content of a word list's file. Throws CONFIG_INVALID naming the file and the line. */
export function readYaml(source: string, file: string): unknown {
  try {
    return parse(source)
  } catch (error) {
    const [reason] = String((error as Error).message).split('\n')
    throw new ForeshockError(
      'CONFIG_INVALID',
      `${file} is not readable YAML: ${reason}`,
      'Mend the line it names.',
    )
  }
}
