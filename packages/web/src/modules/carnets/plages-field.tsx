import { isLikeEtiquette, parseEtiquette } from '@pass/domain/etiquettes.ts'
import { plural } from '@pass/domain/money.ts'
import { OPPOSITION_MAX } from '@pass/domain/oppositions.ts'
import { type PlageSaisie, readPlages, writePlages } from '@pass/domain/plages.ts'
import { Plus, Trash2 } from 'lucide-react'
import { type KeyboardEvent, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Fieldset } from '../../ui/fieldset.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { Plage } from './plage.tsx'

type Faults = { premier?: string; dernier?: string }
type Read = { plage: PlageSaisie } | { faults: Faults }

/** The label of a carton or of a bundle stands for its range. */
const readLabel = (text: string): Read => {
  const read = parseEtiquette(text)
  return read.ok ? { plage: writePlages([read.etiquette])[0]! } : { faults: { premier: read.refusal.message } }
}

const readOne = (premier: string, dernier: string, already: readonly PlageSaisie[]): Read => {
  if (isLikeEtiquette(premier)) return readLabel(premier)
  const read = readPlages([{ premier, dernier: dernier.trim() === '' ? premier : dernier }], OPPOSITION_MAX)
  if (!read.ok) {
    const { message } = read.refusal
    return {
      faults: read.refusal.erreurs?.[0]?.chemin.endsWith('premier') || dernier.trim() === '' ? { premier: message } : { dernier: message },
    }
  }
  const plage = writePlages(read.plages)[0]!
  return already.some((one) => one.premier === plage.premier && one.dernier === plage.dernier)
    ? { faults: { premier: 'Ces numéros sont déjà dans la liste.' } }
    : { plage }
}

/** How many carnets a list names; 0 while it is empty, null when one line is wrong. */
export const countPlages = (plages: readonly PlageSaisie[]): number | null => {
  const read = readPlages(plages, OPPOSITION_MAX)
  return read.ok ? read.carnets : null
}

const List = ({ value, onChange }: { value: readonly PlageSaisie[]; onChange: (value: PlageSaisie[]) => void }) => (
  <ul className="pile">
    {value.map((plage) => (
      <li key={`${plage.premier}-${plage.dernier}`} className="ligne-simple">
        <Plage premiere={plage.premier} derniere={plage.dernier} />
        <Button
          variant="lien"
          icon={Trash2}
          aria-label={`Retirer ${plage.premier}${plage.dernier === plage.premier ? '' : ` à ${plage.dernier}`}`}
          onClick={() => onChange(value.filter((one) => one !== plage))}
        >
          Retirer
        </Button>
      </li>
    ))}
  </ul>
)

type Props = {
  legende: string
  value: readonly PlageSaisie[]
  onChange: (value: PlageSaisie[]) => void
  /** What the list is, when it is empty. */
  vide?: string
}

/**
 * Carnets named one by one or by range: scanned (a hand scanner ends with Enter, which adds the number) or typed. Each is checked
 * before it enters the list.
 */
export const PlagesField = ({ legende, value, onChange, vide = 'Aucun carnet dans la liste.' }: Props) => {
  const [[premier, dernier], setTyped] = useState(['', ''])
  const [faults, setFaults] = useState<Faults>({})
  const add = () => {
    const read = readOne(premier ?? '', dernier ?? '', value)
    setFaults('faults' in read ? read.faults : {})
    if ('faults' in read) return
    onChange([...value, read.plage])
    setTyped(['', ''])
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return
    event.preventDefault()
    add()
  }
  const box = { code: true, autoComplete: 'off', spellCheck: false, onKeyDown } as const
  const carnets = countPlages(value)
  return (
    <Fieldset legende={legende}>
      <div className="pile">
        <TextField
          {...box}
          label="Numéro du carnet, ou premier de la plage"
          aide="Scannez la couverture, ou l’étiquette d’un carton ou d’un paquet. Exemple : PN 26-0001234-K."
          value={premier ?? ''}
          error={faults.premier}
          onChange={({ target }) => setTyped([target.value, dernier ?? ''])}
        />
        <TextField
          {...box}
          label="Dernier de la plage"
          facultatif
          value={dernier ?? ''}
          error={faults.dernier}
          onChange={({ target }) => setTyped([premier ?? '', target.value])}
        />
        <div>
          <Button variant="second" icon={Plus} onClick={add}>
            Ajouter à la liste
          </Button>
        </div>
        <p role="status">
          {value.length === 0
            ? vide
            : carnets === null
              ? 'Cette liste est trop longue : faites-la en plusieurs fois.'
              : `${plural(carnets, 'carnet')} dans la liste.`}
        </p>
        {value.length > 0 && <List value={value} onChange={onChange} />}
      </div>
    </Fieldset>
  )
}
