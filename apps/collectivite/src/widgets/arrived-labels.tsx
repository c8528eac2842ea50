import type { Commande } from '@pass/contracts/commandes.ts'
import type { Colis } from '@pass/contracts/production.ts'
import { whyNotCount } from '@pass/domain/colis.ts'
import { type Etiquette, formatEtiquette, parseEtiquette } from '@pass/domain/etiquettes.ts'
import { plural } from '@pass/domain/money.ts'
import { countOf, joined, type Plage } from '@pass/domain/plages.ts'
import { parseSerie } from '@pass/domain/references.ts'
import { Check, Circle } from 'lucide-react'
import { named } from './missing-carnets.tsx'
import { type Noted, NotedField } from './noted-field.tsx'

type Lot = NonNullable<Commande['lot']>
type Props = { etiquettes: readonly string[]; onChange: (etiquettes: string[]) => void; lot: Lot; colis: readonly Colis[] }

/** Serials of a lot, as numbers. */
export const rangeOf = ({ seriePremiere, serieDerniere }: Pick<Lot, 'seriePremiere' | 'serieDerniere'>): Plage => {
  const [first, last] = [parseSerie(seriePremiere), parseSerie(serieDerniere)]
  return { premiere: first.ok ? first.serie : 0, derniere: last.ok ? last.serie : 0 }
}

const labelsOf = (etiquettes: readonly string[]): Etiquette[] =>
  etiquettes.flatMap((texte) => {
    const read = parseEtiquette(texte)
    return read.ok ? read.etiquette : []
  })

/** How many carnets the labels scanned stand for, each once. */
export const arrivedCount = (etiquettes: readonly string[]): number => countOf(joined(labelsOf(etiquettes)))

const readLabel = (text: string, lot: Lot, already: readonly string[]): Noted => {
  const read = parseEtiquette(text)
  if (!read.ok) return { refus: read.refusal.message }
  const numero = formatEtiquette(read.etiquette)
  if (already.includes(numero)) return { refus: 'Cette étiquette est déjà lue.' }
  const refusal = whyNotCount(rangeOf(lot), read.etiquette)
  return refusal ? { refus: refusal.message } : { numero }
}

const Cartons = ({ colis, etiquettes }: Pick<Props, 'colis' | 'etiquettes'>) => {
  const came = joined(labelsOf(etiquettes))
  return (
    <ul className="pile petit" aria-label="Cartons annoncés">
      {colis.map((one) => {
        const { premiere, derniere } = rangeOf(one)
        const isThere = came.some((plage) => plage.premiere <= premiere && plage.derniere >= derniere)
        return (
          <li key={one.id} className="ligne-simple">
            <span>
              {isThere ? <Check aria-hidden="true" /> : <Circle aria-hidden="true" />} Carton {one.rang}, {plural(one.carnets, 'carnet')}
            </span>
            <span>{isThere ? 'lu' : 'à lire'}</span>
          </li>
        )
      })}
    </ul>
  )
}

/** The labels of the cartons and bundles that came, as they are scanned. None scanned: everything is counted by hand. */
export const ArrivedLabels = ({ etiquettes, onChange, lot, colis }: Props) => (
  <div className="pile">
    <Cartons colis={colis} etiquettes={etiquettes} />
    <NotedField
      label="Étiquette d’un carton ou d’un paquet"
      aide="Scannez l’étiquette de chaque carton arrivé. Carton ouvert ou incomplet : scannez ses paquets."
      action="Noter cette étiquette"
      compte={
        etiquettes.length === 0
          ? 'Aucune étiquette lue : tous les carnets sont comptés comme arrivés.'
          : `${plural(etiquettes.length, 'étiquette lue', 'étiquettes lues')} : ${plural(arrivedCount(etiquettes), 'carnet arrivé', 'carnets arrivés')}.`
      }
      notes={etiquettes}
      read={(text) => readLabel(text, lot, etiquettes)}
      onChange={onChange}
      describe={named}
    />
  </div>
)
