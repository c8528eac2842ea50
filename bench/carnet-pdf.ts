import { randomBytes, randomUUID } from 'node:crypto'
import { formatCode } from '../packages/domain/src/codes.ts'
import { MODE_D_EMPLOI } from '../packages/domain/src/maquettes.ts'
import { type CarnetToPrint, carnetPrinter, type LotToPrint } from '../apps/api/src/modules/commandes/carnet.pdf.ts'
import { carnetToPrint } from '../apps/api/src/modules/commandes/lot-to-print.ts'
import { unwrapLotKey, wrapLotKey } from '../apps/api/src/platform/codes.ts'
import { A4, type Doc, mm, setText, streamPdf } from '../apps/api/src/platform/pdf/document.ts'
import { qrMatrix } from '../apps/api/src/platform/pdf/qr.ts'
import { loadSecrets } from '../apps/api/src/platform/secrets.ts'
import { ORG } from '../prisma/seed/base/ids.ts'
import { pairedRatio, spread } from './figures.ts'
import type { Bench } from './setting.ts'

const AIM = 1.5
const MEMORY_AIM_MB = 100
const ROUNDS = 7
const PER_ROUND = 40
const LONG = 10_000
const NOW = new Date('2026-03-10T08:00:00Z')
const LOT: LotToPrint = {
  collectivite: 'Département de la Creuse',
  operateur: 'Opérateur Modèle',
  dateFin: '2027-03-31',
  valeurFacialeCentimes: 1000,
  carnetTaille: 10,
  texte: 'Renseignements dans les espaces publics numériques.',
  telephone: '05 55 00 00 00',
  logo: null,
}
const INFO = { titre: 'Mesure', now: NOW }
const nowhere = { write: async () => undefined }

/** The texts of a carnet's two pages, as pdfkit writes any text, and the matrices of its QR codes, drawn nowhere. */
const textAndMatrices = (doc: Doc, { serie, codeSuivi, pass }: CarnetToPrint) => {
  doc.addPage()
  const cover = [
    'Pass numérique',
    LOT.collectivite,
    `Carnet ${serie}`,
    '10 pass de 10,00 €',
    'Valable jusqu’au mercredi 31 mars 2027',
    'Comment l’utiliser',
  ]
  const rest = [
    'Une question ? Appelez ce numéro.',
    LOT.telephone!,
    LOT.texte!,
    'Code de suivi :',
    codeSuivi,
    'Talon à garder par la structure qui remet le carnet',
  ]
  for (const [i, text] of [...cover, ...MODE_D_EMPLOI, ...rest].entries())
    setText(doc, text, A4.margin, A4.margin + i * mm(11), { size: 14 })
  qrMatrix(serie.replace(/[^0-9A-Z-]/g, ''))
  doc.addPage()
  for (const { rang, code, qr } of pass) {
    const [x, y] = [A4.margin + (rang % 2) * mm(87), A4.margin + Math.floor((rang - 1) / 2) * mm(52)]
    const lines = [
      `Talon ${rang}`,
      serie.slice(0, 6),
      serie.slice(6),
      'Utilisé le',
      'Lieu',
      `Pass ${rang} sur 10`,
      '10,00 €',
      'Jusqu’au',
      '31/03/2027',
      formatCode(code),
      serie,
    ]
    for (const [i, text] of lines.entries()) setText(doc, text, x, y + i * mm(4), { size: 10, width: mm(60) })
    qrMatrix(qr)
  }
}

const prepared = (secretsDir: string) => {
  const secrets = loadSecrets(secretsDir, true)
  const lotId = randomUUID()
  const lotKey = unwrapLotKey(secrets, lotId, wrapLotKey(secrets, lotId, randomBytes(32)))
  const key = { secrets, lotKey, collectiviteId: ORG.t1, dateFin: LOT.dateFin }
  return (n: number) => carnetToPrint({ id: BigInt(n), serie: BigInt(260_000_000 + n), taille: 10 }, key)
}

/** Milliseconds of CPU a carnet. */
const cpuOf = async (
  carnets: readonly CarnetToPrint[],
  print: boolean,
  put: (doc: Doc) => (carnet: CarnetToPrint) => void,
): Promise<number> => {
  const before = process.cpuUsage()
  await streamPdf(
    async (doc, room) => {
      const draw = put(doc)
      for (const carnet of carnets) {
        draw(carnet)
        await room()
      }
    },
    nowhere,
    { ...INFO, print },
  )
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000 / carnets.length
}

/** A print of thousands as the job makes it, in a process that did nothing else: megabytes above the start, at its highest. */
const memoryOf = async (carnetOf: (n: number) => CarnetToPrint, count: number) => {
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
  return { earlyMb: (early - start) / 2 ** 20, aboveMb: (peak - start) / 2 ** 20, fileMb: bytes / 2 ** 20 }
}

/** The pages of a carnet beside its texts alone and the bare matrices of its codes; then ten thousand of them, streamed. */
export const carnetPdf: Bench = async ({ secretsDir, scale }) => {
  const carnetOf = prepared(secretsDir)
  const long = Math.max(500, Math.round((LONG * scale) / 500) * 500)
  const { earlyMb, aboveMb, fileMb } = await memoryOf(carnetOf, long)
  const figures = { carnet: [] as number[], texte: [] as number[] }
  for (let round = 0; round <= ROUNDS; round++) {
    const carnets = Array.from({ length: PER_ROUND }, (_, i) => carnetOf(round * PER_ROUND + i + 1))
    const sides = {
      carnet: () => cpuOf(carnets, true, (doc) => carnetPrinter(doc, LOT)),
      texte: () => cpuOf(carnets, false, (doc) => (carnet) => textAndMatrices(doc, carnet)),
    }
    for (const side of round % 2 ? (['carnet', 'texte'] as const) : (['texte', 'carnet'] as const)) {
      const ms = await sides[side]()
      // the first round warms up
      if (round > 0) figures[side].push(ms)
    }
  }
  console.log(
    `  carnet ${spread(figures.carnet)} ms de CPU · texte seul et matrices nues ${spread(figures.texte)} ms · ${ROUNDS} tours de ${PER_ROUND} carnets`,
  )
  const { ratios, median } = pairedRatio(figures.carnet, figures.texte)
  console.log(
    `  mémoire au-dessus du départ\u00a0: ${earlyMb.toFixed(0)} Mo à ${long / 10} carnets, ${aboveMb.toFixed(0)} Mo à ${long} (${fileMb.toFixed(0)} Mo de PDF, aim < ${MEMORY_AIM_MB})`,
  )
  console.log(`  rapport ${spread(ratios)}`)
  const isMet = median <= AIM && aboveMb < MEMORY_AIM_MB
  console.log(`carnet-pdf ratio=${median.toFixed(2)} aim=${AIM} memory=${aboveMb.toFixed(0)}MB ${isMet ? 'PASS' : 'FAIL'}`)
  return isMet
}
