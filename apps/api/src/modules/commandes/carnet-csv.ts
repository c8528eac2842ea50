import { formatCode } from '@pass/domain/codes.ts'
import { formatDay } from '@pass/domain/days.ts'
import type { CarnetToPrint, LotToPrint } from './carnet.pdf.ts'

const EOL = '\r\n'
// a printer's software reads the number of a carnet with a plain space
const cell = (text: string): string => `"${text.replaceAll('\u00a0', ' ').replaceAll('"', '""')}"`
const row = (cells: readonly string[]): string => cells.map(cell).join(';') + EOL

/** The head of a printer's file: one line a carnet, each pass with its typed code and the text of its QR. */
export const csvHead = ({ carnetTaille }: LotToPrint): string =>
  '\ufeff' +
  row([
    'serie',
    'code_suivi',
    'collectivite',
    'valable_jusqu_au',
    ...Array.from({ length: carnetTaille }, (_, i) => [`pass_${i + 1}`, `qr_${i + 1}`]).flat(),
  ])

/** A name that a spreadsheet would take for a formula. */
const name = (text: string): string => (/^[=+\-@\t\r＝＋－＠]/.test(text) ? `'${text}` : text)

/** A carnet as a line, every cell quoted. The text of a QR is given as it is: an apostrophe would break its signature. */
export const csvRow = ({ collectivite, dateFin }: LotToPrint, { serie, codeSuivi, pass }: CarnetToPrint): string =>
  row([serie, codeSuivi, name(collectivite), formatDay(dateFin), ...pass.flatMap(({ code, qr }) => [formatCode(code), qr])])
