import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'

export type MailServerOptions = {
  /** The only login that it takes; without one it takes none. */
  login?: { user: string; password: string }
  /** `starttls` offers it, `tls` speaks it from the first byte, with a certificate that nobody vouches for. */
  tls?: 'none' | 'starttls' | 'tls'
}

type Refusal = { at: 'login' | 'sender' | 'recipient' | 'message'; code: number }

/** A real SMTP server on a free port of the loopback interface, which keeps what it gets. */
export class MailServer {
  readonly mails: ParsedMail[] = []
  /** Recipients as the envelopes named them, refused ones too. */
  readonly recipients: string[] = []
  readonly passwords: string[] = []
  connections = 0
  refusal: Refusal | null = null
  #held: PromiseWithResolvers<void> | null = null
  readonly #server: SMTPServer

  private constructor({ login, tls = 'none' }: MailServerOptions) {
    this.#server = new SMTPServer({
      ...tlsOptions[tls],
      authOptional: login === undefined,
      allowInsecureAuth: true,
      disableReverseLookup: true,
      closeTimeout: 100,
      logger: false,
      onConnect: async (_session, done) => {
        this.connections += 1
        await this.#held?.promise
        done()
      },
      onAuth: ({ username, password }, _session, done) => {
        this.passwords.push(password ?? '')
        const isKnown = username === login?.user && password === login?.password
        done(this.#refusalAt('login'), isKnown ? { user: username } : {})
      },
      onMailFrom: (_address, _session, done) => done(this.#refusalAt('sender')),
      onRcptTo: ({ address }, _session, done) => {
        this.recipients.push(address)
        done(this.#refusalAt('recipient', address))
      },
      onData: async (stream, _session, done) => {
        const mail = await simpleParser(stream)
        const refused = this.#refusalAt('message')
        if (!refused) this.mails.push(mail)
        done(refused)
      },
    })
    this.#server.on('error', () => {})
  }

  static async start(options: MailServerOptions = {}): Promise<MailServer> {
    const server = new MailServer(options)
    await once(server.#server.listen(0, '127.0.0.1'), 'listening')
    return server
  }

  get port(): number {
    return (this.#server.server.address() as AddressInfo).port
  }

  /** Settings of a service that sends its mails here in plain text. */
  get environment(): Record<string, string> {
    return { SMTP_HOST: '127.0.0.1', SMTP_PORT: String(this.port), SMTP_TLS: 'false' }
  }

  /** New connections are taken and get no word until the returned function is called. */
  hang(): () => void {
    const held = Promise.withResolvers<void>()
    this.#held = held
    return () => {
      this.#held = null
      held.resolve()
    }
  }

  async close(): Promise<void> {
    this.#held?.resolve()
    await new Promise<void>((resolve) => this.#server.close(resolve))
  }

  #refusalAt(place: Refusal['at'], address = ''): Error | null {
    if (this.refusal?.at !== place) return null
    return Object.assign(new Error(`no ${place} ${address}`), { responseCode: this.refusal.code })
  }
}

const tlsOptions: Record<NonNullable<MailServerOptions['tls']>, SMTPServerOptions> = {
  none: { disabledCommands: ['STARTTLS'] },
  starttls: {},
  tls: { secure: true },
}

/** The one link to a page, in both halves of a mail. */
export function linksTo(page: string, { text = '', html }: ParsedMail): { text: string[]; html: string[] } {
  const pattern = new RegExp(`https?://[^\\s"]*/${page}(?:#[^\\s"]*)?`, 'g')
  return { text: text.match(pattern) ?? [], html: (html || '').match(pattern) ?? [] }
}
