import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { formatCode } from '../packages/domain/src/codes.ts'
import { MODE_D_EMPLOI } from '../packages/domain/src/maquettes.ts'
import { type CarnetToPrint, carnetPrinter } from '../apps/api/src/modules/commandes/carnet.pdf.ts'
import { A4, type Doc, mm, setText, streamPdf } from '../apps/api/src/platform/pdf/document.ts'
import { qrMatrix } from '../apps/api/src/platform/pdf/qr.ts'
import { WORKER_FLAGS } from '../tools/common.mjs'
import { INFO, LOT, prepared } from './carnet-sample.ts'
import { pairedRatio, spread } from './figures.ts'
import type { Bench } from './setting.ts'

const AIM = 1.5
const MEMORY_AIM_MB = 100
const ROUNDS = 7
const PER_ROUND = 40
const LONG = 10_000
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

type Memory = { earlyMb: number; aboveMb: number; fileMb: number }

/** Megabytes above the start, at their highest, of a print in a process of its own. */
const memoryOf = (secretsDir: string, count: number) =>
  new Promise<Memory>((done, fail) => {
    fork(fileURLToPath(new URL('carnet-memory.ts', import.meta.url)), [secretsDir, String(count)], { execArgv: WORKER_FLAGS })
      .once('message', (said) => done(said as Memory))
      .once('exit', () => fail(new Error('the print said nothing')))
  })

/** The pages of a carnet beside its texts alone and the bare matrices of its codes; then ten thousand of them, streamed. */
export const carnetPdf: Bench = async ({ secretsDir, scale }) => {
  const carnetOf = prepared(secretsDir)
  const long = Math.max(500, Math.round((LONG * scale) / 500) * 500)
  const { earlyMb, aboveMb, fileMb } = await memoryOf(secretsDir, long)
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
