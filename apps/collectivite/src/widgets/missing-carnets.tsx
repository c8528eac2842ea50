import type { Commande } from '@pass/contracts/commandes.ts'
import { describeEtiquette, formatEtiquette, isLikeEtiquette, parseEtiquette } from '@pass/domain/etiquettes.ts'
import { plural } from '@pass/domain/money.ts'
import { formatRange, formatSerie, parseSerie } from '@pass/domain/references.ts'
import { type Noted, NotedField } from './noted-field.tsx'

type Lot = NonNullable<Commande['lot']>
type Props = { manquants: readonly string[]; onChange: (manquants: string[]) => void; lot: Commande['lot'] }

const rankOf = (text: string): number => {
  const read = parseSerie(text)
  return read.ok ? read.serie : 0
}

// a whole carton that is missing is said by its label
const readCarton = (text: string, already: readonly string[]): Noted => {
  const read = parseEtiquette(text)
  if (!read.ok) return { refus: read.refusal.message }
  const numero = formatEtiquette(read.etiquette)
  return already.includes(numero) ? { refus: 'Cette étiquette est déjà notée.' } : { numero }
}

/** A carton by what it holds, a carnet by its number. */
export const named = (numero: string): string => {
  const read = parseEtiquette(numero)
  return read.ok ? describeEtiquette(read.etiquette) : numero
}

const readMissing = (text: string, lot: Lot | null, already: readonly string[]): Noted => {
  if (isLikeEtiquette(text)) return readCarton(text, already)
  const read = parseSerie(text)
  if (!read.ok) return { refus: read.refusal.message }
  const numero = formatSerie(read.serie)
  if (already.includes(numero)) return { refus: 'Ce carnet est déjà noté.' }
  if (!lot) return { numero }
  const [first, last] = [rankOf(lot.seriePremiere), rankOf(lot.serieDerniere)]
  return read.serie < first || read.serie > last
    ? { refus: `Ce carnet n’est pas de cette commande : ${formatRange(first, last)}.` }
    : { numero }
}

/** The numbers that did not arrive, checked one by one as they are typed or scanned. */
export const MissingCarnets = ({ manquants, onChange, lot }: Props) => (
  <div className="pile">
    <NotedField
      label="Numéro d’un carnet manquant"
      aide="Scannez ou tapez chaque numéro qui manque, ou l’étiquette d’un carton entier. Exemple : PN 26-0001234-K."
      action="Noter ce carnet manquant"
      compte={manquants.length === 0 ? 'Aucun carnet manquant.' : `${plural(manquants.length, 'numéro noté', 'numéros notés')}.`}
      notes={manquants}
      read={(text) => readMissing(text, lot, manquants)}
      onChange={onChange}
      describe={named}
      code
    />
  </div>
)
