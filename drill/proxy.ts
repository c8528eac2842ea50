import { createServer, connect, type Server, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'

type Pair = { near: Socket; far: Socket }

/** A TCP way in the middle that can be cut, slowed, or made to swallow answers: what a network does. */
export class FaultProxy {
  readonly #server: Server
  readonly #pairs = new Set<Pair>()
  #target: number
  #delayMs = 0
  #swallow = 0

  private constructor(target: number) {
    this.#target = target
    this.#server = createServer((near) => this.#open(near))
  }

  static async open(target: number): Promise<FaultProxy> {
    const proxy = new FaultProxy(target)
    await new Promise<void>((ok) => proxy.#server.listen(0, '127.0.0.1', ok))
    return proxy
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  #open(near: Socket): void {
    const far = connect({ port: this.#target, host: '127.0.0.1', noDelay: true })
    const pair = { near, far }
    this.#pairs.add(pair)
    const drop = () => this.#drop(pair)
    for (const socket of [near, far]) socket.on('error', drop).on('close', drop)
    near.on('data', (bytes) => this.#later(() => void far.write(bytes)))
    far.on('data', (bytes) => {
      // the other side has done its work and says so: nobody hears it
      if (this.#swallow > 0) {
        this.#swallow--
        return drop()
      }
      return this.#later(() => void near.write(bytes))
    })
  }

  #later(act: () => void): void {
    if (this.#delayMs === 0) act()
    else setTimeout(act, this.#delayMs)
  }

  #drop(pair: Pair): void {
    if (!this.#pairs.delete(pair)) return
    pair.near.destroy()
    pair.far.destroy()
  }

  /** Every connection at once. */
  cut(): void {
    for (const pair of this.#pairs) this.#drop(pair)
  }

  /** The next answers never arrive. */
  swallow(count: number): void {
    this.#swallow += count
  }

  slow(ms: number): void {
    this.#delayMs = ms
  }

  async close(): Promise<void> {
    this.cut()
    await new Promise<void>((ok) => this.#server.close(() => ok()))
  }
}
