import { plural } from './money.ts'
import { formatSerie, parseSerie } from './references.ts'
import { refuse, type Refusal } from './refusal.ts'

/** Carnets kept more days than this by a prescripteur without hand-over sleep (domain.md section 8). */
export const DORMANT_JOURS = 60

const PER_YEAR = 10_000_000
const DIGITS = 9

/**
 * What a piece of a printed number may mean in a search: a range of serials when it is the beginning of one (`26-0001` →
 * 260001000 to 260001999), and the same rank in any year (`1234`). Null when nothing of a number is typed.
 */
export const seriesLike = (text: string): { de: number; a: number; rangs: number[] } | null => {
  const whole = parseSerie(text)
  if (whole.ok) return { de: whole.serie, a: whole.serie, rangs: [] }
  const digits = text
    .toUpperCase()
    .replace(/^\s*PN/, '')
    .replace(/[^0-9]/g, '')
  if (digits === '' || digits.length > DIGITS) return null
  const width = 10 ** (DIGITS - digits.length)
  const rang = Number(digits)
  const isRank = digits.length <= 7 && rang > 0
  return {
    de: rang * width,
    a: (rang + 1) * width - 1,
    rangs: isRank ? Array.from({ length: 100 }, (_, annee) => annee * PER_YEAR + rang) : [],
  }
}

/** Why a range cannot be sent although it is one: the first carnet that is not in reserve, or two lots in one parcel. */
export const whyNotSend = ({
  demandes,
  disponibles,
  premierIndisponible,
  lots,
}: {
  demandes: number
  disponibles: number
  premierIndisponible: number | null
  lots: number
}): Refusal | null => {
  if (premierIndisponible !== null)
    return refuse(
      'stock_insuffisant',
      `Cette plage compte ${plural(demandes, 'carnet')}, dont ${plural(disponibles, 'disponible')} dans votre stock. Le premier à écarter : ${formatSerie(premierIndisponible)}.`,
    )
  return lots > 1 ? refuse('plage_invalide', 'Cette plage couvre deux livraisons. Faites une attribution par livraison.') : null
}
