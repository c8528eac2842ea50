import type { Commande } from '@pass/contracts/commandes.ts'
import { describeEtiquette, formatEtiquette, isLikeEtiquette, parseEtiquette } from '@pass/domain/etiquettes.ts'
import { plural } from '@pass/domain/money.ts'
import { formatRange, formatSerie, parseSerie } from '@pass/domain/references.ts'
import { Button } from '@pass/web/ui/button.tsx'
import { TextField } from '@pass/web/ui/text-field.tsx'
import { Plus, Trash2 } from 'lucide-react'
import { type KeyboardEvent, useState } from 'react'

type Lot = NonNullable<Commande['lot']>
type Props = { manquants: readonly string[]; onChange: (manquants: string[]) => void; lot: Commande['lot'] }

const rankOf = (text: string): number => {
  const read = parseSerie(text)
  return read.ok ? read.serie : 0
}

type Read = { numero: string } | { refus: string }

// a whole carton that is missing is said by its label
const readCarton = (text: string, already: readonly string[]): Read => {
  const read = parseEtiquette(text)
  if (!read.ok) return { refus: read.refusal.message }
  const numero = formatEtiquette(read.etiquette)
  return already.includes(numero) ? { refus: 'Cette étiquette est déjà notée.' } : { numero }
}

const named = (numero: string): string => {
  const read = parseEtiquette(numero)
  return read.ok ? describeEtiquette(read.etiquette) : numero
}

const readMissing = (text: string, lot: Lot | null, already: readonly string[]): Read => {
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
export const MissingCarnets = ({ manquants, onChange, lot }: Props) => {
  const [text, setText] = useState('')
  const [refus, setRefus] = useState<string | undefined>()
  const add = () => {
    const read = readMissing(text, lot, manquants)
    setRefus('refus' in read ? read.refus : undefined)
    if ('refus' in read) return
    onChange([...manquants, read.numero])
    setText('')
  }
  // A hand scanner ends with Enter: it notes the carnet, it never receives the whole parcel.
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return
    event.preventDefault()
    add()
  }
  return (
    <div className="pile">
      <TextField
        label="Numéro d’un carnet manquant"
        facultatif
        aide="Scannez ou tapez chaque numéro qui manque, ou l’étiquette d’un carton entier. Exemple : PN 26-0001234-K."
        code
        autoComplete="off"
        value={text}
        error={refus}
        onChange={({ target }) => setText(target.value)}
        onKeyDown={onKeyDown}
      />
      <div>
        <Button variant="second" icon={Plus} onClick={add}>
          Noter ce carnet manquant
        </Button>
      </div>
      <p role="status">
        {manquants.length === 0 ? 'Aucun carnet manquant.' : `${plural(manquants.length, 'numéro noté', 'numéros notés')}.`}
      </p>
      {manquants.length > 0 && (
        <ul className="pile">
          {manquants.map((numero) => (
            <li key={numero} className="ligne-simple">
              <span className="code">{named(numero)}</span>
              <Button
                variant="lien"
                icon={Trash2}
                onClick={() => onChange(manquants.filter((one) => one !== numero))}
                aria-label={`Retirer ${named(numero)}`}
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
