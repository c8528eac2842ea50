import type { Commande } from '@pass/contracts/commandes.ts'
import type { Colis } from '@pass/contracts/production.ts'
import { merge, sizeOf, whyNotCount } from '@pass/domain/colis.ts'
import { describeEtiquette, type Etiquette, formatEtiquette, parseEtiquette, type Plage } from '@pass/domain/etiquettes.ts'
import { plural } from '@pass/domain/money.ts'
import { parseSerie } from '@pass/domain/references.ts'
import { Button } from '@pass/web/ui/button.tsx'
import { TextField } from '@pass/web/ui/text-field.tsx'
import { Check, Circle, Plus, Trash2 } from 'lucide-react'
import { type KeyboardEvent, useState } from 'react'

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
export const arrivedCount = (etiquettes: readonly string[]): number => sizeOf(merge(labelsOf(etiquettes)))

type Read = { numero: string } | { refus: string }
const readLabel = (text: string, lot: Lot, already: readonly string[]): Read => {
  const read = parseEtiquette(text)
  if (!read.ok) return { refus: read.refusal.message }
  const numero = formatEtiquette(read.etiquette)
  if (already.includes(numero)) return { refus: 'Cette étiquette est déjà lue.' }
  const refusal = whyNotCount(rangeOf(lot), read.etiquette)
  return refusal ? { refus: refusal.message } : { numero }
}

const Cartons = ({ colis, etiquettes }: Pick<Props, 'colis' | 'etiquettes'>) => {
  const came = merge(labelsOf(etiquettes))
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
export const ArrivedLabels = ({ etiquettes, onChange, lot, colis }: Props) => {
  const [text, setText] = useState('')
  const [refus, setRefus] = useState<string | undefined>()
  const add = () => {
    const read = readLabel(text, lot, etiquettes)
    setRefus('refus' in read ? read.refus : undefined)
    if ('refus' in read) return
    onChange([...etiquettes, read.numero])
    setText('')
  }
  // a hand scanner ends with Enter: it reads the label, it never receives the delivery
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return
    event.preventDefault()
    add()
  }
  return (
    <div className="pile">
      <Cartons colis={colis} etiquettes={etiquettes} />
      <TextField
        label="Étiquette d’un carton ou d’un paquet"
        facultatif
        aide="Scannez l’étiquette de chaque carton arrivé. Carton ouvert ou incomplet : scannez ses paquets."
        code
        autoComplete="off"
        value={text}
        error={refus}
        onChange={({ target }) => setText(target.value)}
        onKeyDown={onKeyDown}
      />
      <div>
        <Button variant="second" icon={Plus} onClick={add}>
          Noter cette étiquette
        </Button>
      </div>
      <p role="status">
        {etiquettes.length === 0
          ? 'Aucune étiquette lue : tous les carnets sont comptés comme arrivés.'
          : `${plural(etiquettes.length, 'étiquette lue', 'étiquettes lues')} : ${plural(arrivedCount(etiquettes), 'carnet arrivé', 'carnets arrivés')}.`}
      </p>
      {etiquettes.length > 0 && (
        <ul className="pile">
          {labelsOf(etiquettes).map((label) => (
            <li key={formatEtiquette(label)} className="ligne-simple">
              <span>{describeEtiquette(label)}</span>
              <Button
                variant="lien"
                icon={Trash2}
                aria-label={`Retirer ${describeEtiquette(label)}`}
                onClick={() => onChange(etiquettes.filter((one) => one !== formatEtiquette(label)))}
              >
                Retirer
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
