/** What may be logged of a failure: not its message, in which servers like to repeat the address. */
export type SmtpFailure = { code: string; command: string | undefined; smtpCode: number | undefined }

export function describeFailure(error: unknown): SmtpFailure {
  const { name, code, command, responseCode } = error as {
    name: string
    code?: string
    command?: string
    responseCode?: number
  }
  return { code: code ?? name, command, smtpCode: responseCode }
}

/** The server will never take this mail. 5xx to other commands is about our login or sender, which an operator can mend. */
export function isRefusedForGood({ command = '', smtpCode = 0 }: SmtpFailure): boolean {
  const isAddressWrong = command === 'RCPT TO' && smtpCode === 501
  return isAddressWrong || (['RCPT TO', 'DATA'].includes(command) && smtpCode >= 550 && smtpCode <= 559)
}
