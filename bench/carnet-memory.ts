// A print of thousands as the job makes it, in a process that does nothing else and has the flags of the worker: says megabytes.
import { carnetPrinter } from '../apps/api/src/modules/commandes/carnet.pdf.ts'
import { streamPdf } from '../apps/api/src/platform/pdf/document.ts'
import { INFO, LOT, prepared } from './carnet-sample.ts'

const [secretsDir = '', words = '0'] = process.argv.slice(2)
const count = Number(words)
const carnetOf = prepared(secretsDir)
const start = process.memoryUsage.rss()
let [peak, bytes, early] = [start, 0, 0]
await streamPdf(
  async (doc, room) => {
    const draw = carnetPrinter(doc, LOT)
    for (let n = 1; n <= count; n++) {
      draw(carnetOf(n))
      await room()
      if (n % 50 === 0) peak = Math.max(peak, process.memoryUsage.rss())
      if (n === count / 10) early = peak
    }
  },
  { write: async (piece) => void (bytes += piece.length) },
  { ...INFO, print: true },
)
peak = Math.max(peak, process.memoryUsage.rss())
process.send!({ earlyMb: (early - start) / 2 ** 20, aboveMb: (peak - start) / 2 ** 20, fileMb: bytes / 2 ** 20 })
