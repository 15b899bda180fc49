import { ChatFault } from '../fault.ts'

/** As nodemailer tells of a failure; all of it may be missing. */
interface SmtpError {
  readonly code?: string
  /** What was being said when it failed: `CONN`, `AUTH PLAIN`, `RCPT TO`, `DATA`. */
  readonly command?: string
  readonly responseCode?: number
  readonly message?: string
}

/**
 * What a failure of SMTP means for delivery. The server's own words are left out: they repeat addresses.
 *
 * @param isWritten whether the whole message had gone out by then
 */
export function mailFault(error: unknown, isWritten = false): ChatFault {
  const { command = '', responseCode, message = '', ...told } = error as SmtpError
  // Of a connection that failed: what the system called it.
  const code = (told.code === 'ESOCKET' ? /\bE[A-Z]{4,}\b/.exec(message)?.[0] : undefined) ?? told.code ?? ''
  const where = [command, responseCode ?? code].filter((each) => each !== '').join(' ')
  const words = `SMTP: ${where === '' ? 'failed' : where}`
  if (code === 'EAUTH' && (responseCode ?? 535) >= 500)
    return new ChatFault('token-refused', `${words}: user and password were refused`)
  if (code === 'ETLS')
    return new ChatFault('unavailable', `${words}: no encrypted connection; see tls and port under mail`)
  if (responseCode !== undefined && responseCode >= 500) return new ChatFault('refused', words)
  // It may have been taken before the connection broke, which is told as a fault of the connection.
  const mayHaveArrived = (isWritten || command === 'DATA') && responseCode === undefined
  return new ChatFault(mayHaveArrived ? 'unclear' : 'unavailable', words)
}
