import { z } from 'zod'
import { unwrapLotKey } from '../../platform/codes.ts'
import { dayOf } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import type { Job, Task } from '../../platform/jobs/job.ts'
import { type Sink, streamPdf } from '../../platform/pdf/document.ts'
import { seal } from '../../platform/sealed-file.ts'
import { csvHead, csvRow } from './carnet-csv.ts'
import { carnetPrinter, type CarnetToPrint, type LotToPrint } from './carnet.pdf.ts'
import { type Impression, impressionKey, impressionPath, makeImpressionsDir, readImpression } from './impressions.ts'
import { carnetsAfter, carnetToPrint, lotToPrint, type PrintKey } from './lot-to-print.ts'

const Payload = z.object({ impressionId: z.uuid() })
/** Carnets read in one transaction; and how often the screen is told. */
const PAGE = 500

/** The carnets of a lot with their codes, read a page at a time: none of them stays in memory. */
async function* carnetsOf(job: Job, { lotId, lot }: Impression, key: PrintKey): AsyncGenerator<CarnetToPrint> {
  let serie = lot.seriePremiere - 1n
  for (let done = 0; ;) {
    const rows = await job.read((ctx) => carnetsAfter(ctx, lotId, serie, PAGE))
    for (const row of rows) yield carnetToPrint(row, key)
    done += rows.length
    await job.progress(done, lot.quantite)
    if (rows.length < PAGE) return
    serie = rows.at(-1)!.serie
  }
}

type Content = { lot: LotToPrint; carnets: AsyncIterable<CarnetToPrint>; titre: string; now: Date }

const writeCsv = async (sink: Sink, { lot, carnets }: Content) => {
  let lines = csvHead(lot)
  for await (const carnet of carnets) {
    lines += csvRow(lot, carnet)
    if (lines.length < 65_536) continue
    await sink.write(Buffer.from(lines))
    lines = ''
  }
  await sink.write(Buffer.from(lines))
}

const writePdf = (sink: Sink, { lot, carnets, titre, now }: Content) =>
  streamPdf(
    async (doc, room) => {
      const print = carnetPrinter(doc, lot)
      for await (const carnet of carnets) {
        print(carnet)
        await room()
      }
    },
    sink,
    { titre, now, print: true },
  )

const write = async (job: Job, deps: Deps, impression: Impression, cle: Uint8Array) => {
  const { id, lotId, lot, collectiviteId } = impression
  const lotKey = unwrapLotKey(deps.secrets, lotId, cle)
  const key = { secrets: deps.secrets, lotKey, collectiviteId, dateFin: dayOf(lot.dateFin) }
  const print = await job.read((ctx) => lotToPrint(ctx, impression.commandeId))
  await makeImpressionsDir(deps)
  const sealer = await seal(impressionPath(deps, id), impressionKey(lotKey, id))
  const content = {
    lot: print,
    carnets: carnetsOf(job, impression, key),
    titre: `Carnets de la commande ${impression.commande.reference}`,
    now: impression.demandeeAt,
  }
  await (impression.format === 'csv' ? writeCsv(sealer, content) : writePdf(sealer, content))
  return sealer.end()
}

/** Makes a print file and keeps it sealed until it is taken. Stopped in the middle, it starts the file again. */
export const makeImpression: Task = async (job, deps) => {
  const { impressionId } = Payload.parse(job.payload)
  const impression = await job.read((ctx) => readImpression(ctx, impressionId))
  const cle = impression.lot.lotCle?.cleChiffree
  if (impression.statut !== 'en_preparation' || !cle) return
  const { octets, empreinte } = await write(job, deps, impression, cle)
  await job.write({ impressionId }, async (ctx) => {
    await ctx.db.impression.updateMany({
      where: { id: impressionId, statut: 'en_preparation' },
      data: { statut: 'prete', preteAt: job.now, octets: BigInt(octets), empreinte: new Uint8Array(empreinte) },
    })
  })
}
