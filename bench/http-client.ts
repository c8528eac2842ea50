import { connect, type Socket } from 'node:net'

export type Answer = { status: number; body: string }
const HEAD_END = Buffer.from('\r\n\r\n')

const parse = (bytes: Buffer): Answer | null => {
  const head = bytes.indexOf(HEAD_END)
  if (head < 0) return null
  const text = bytes.toString('latin1', 0, head)
  const length = Number(/content-length: *(\d+)/i.exec(text)?.[1] ?? 0)
  if (bytes.length < head + 4 + length) return null
  return { status: Number(text.slice(9, 12)), body: bytes.toString('utf8', head + 4, head + 4 + length) }
}

/** One kept-alive HTTP/1.1 connection, one call at a time: as little work in the client as a raw pg connection has. */
export class Connection {
  readonly #socket: Socket
  #bytes: Buffer = Buffer.alloc(0)
  #waiting: { ok: (answer: Answer) => void; ko: (error: Error) => void } | undefined

  constructor(port: number) {
    this.#socket = connect({ port, host: '127.0.0.1', noDelay: true })
    this.#socket.on('data', (data) => {
      this.#bytes = this.#bytes.length > 0 ? Buffer.concat([this.#bytes, data]) : data
      const answer = parse(this.#bytes)
      if (!answer) return
      this.#bytes = Buffer.alloc(0)
      this.#waiting?.ok(answer)
    })
    this.#socket.on('error', (error) => this.#waiting?.ko(error))
    this.#socket.on('close', () => this.#waiting?.ko(new Error('connection closed')))
  }

  send(request: string): Promise<Answer> {
    return new Promise((ok, ko) => {
      this.#waiting = { ok, ko }
      this.#socket.write(request)
    })
  }

  close(): void {
    this.#waiting = undefined
    this.#socket.destroy()
  }
}

/** The text of a redeem. */
export const redeemRequest = (
  port: number,
  { atelier, codes, cookie, key }: { atelier: string; codes: string[]; cookie: string; key: string },
): string => {
  const body = JSON.stringify({ pass: codes })
  return [
    `POST /api/ateliers/${atelier}/utilisations HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    'Connection: keep-alive',
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    `Cookie: ${cookie}`,
    `Idempotency-Key: ${key}`,
    '',
    body,
  ].join('\r\n')
}
