import { formatLongDay, isDay } from '@pass/domain/days.ts'
import { plural } from '@pass/domain/money.ts'
import { Button } from '@pass/web/ui/button.tsx'
import { DateField } from '@pass/web/ui/date-field.tsx'
import { Fieldset } from '@pass/web/ui/fieldset.tsx'
import { NumberField } from '@pass/web/ui/number-field.tsx'
import { SelectField } from '@pass/web/ui/select-field.tsx'
import { useState } from 'react'
import { serieDates } from './dates.ts'

const NOMBRE_MAX = 52
const USUAL = 6
const RYTHMES = [
  { value: '1', label: 'Chaque semaine' },
  { value: '2', label: 'Toutes les deux semaines' },
  { value: '4', label: 'Toutes les quatre semaines' },
]

type Choix = { premier: string; nombre: number | undefined; semaines: number; sans: readonly string[] }

const listOf = ({ premier, nombre, semaines, sans }: Choix): string[] =>
  isDay(premier) && nombre && nombre > 0
    ? serieDates({ premier, nombre: Math.min(nombre, NOMBRE_MAX), semaines }).filter((date) => !sans.includes(date))
    : []

/** A first day, a rhythm, how many times, and the days left out (holidays). */
export const useSerieDates = (premier: string) => {
  const [choix, setChoix] = useState<Choix>({ premier, nombre: USUAL, semaines: 1, sans: [] })
  return { choix, setChoix, liste: listOf(choix) }
}

type Props = { dates: ReturnType<typeof useSerieDates>; error: string | undefined; onChange: (liste: string[]) => void }

/** The days of a series, all written out before anything is created. */
export const SerieDates = ({ dates: { choix, setChoix, liste }, error, onChange }: Props) => {
  const change = (part: Partial<Choix>) => {
    const next = { ...choix, ...part }
    setChoix(next)
    onChange(listOf(next))
  }
  const tooMany = choix.nombre !== undefined && !(choix.nombre >= 1 && choix.nombre <= NOMBRE_MAX)
  return (
    <Fieldset legende="Dates" id="champ-dates" error={error}>
      <DateField label="Premier jour" value={choix.premier} onChange={({ target }) => change({ premier: target.value, sans: [] })} />
      <div className="deux-champs">
        <SelectField
          label="Rythme"
          vide={null}
          options={RYTHMES}
          value={String(choix.semaines)}
          onChange={({ target }) => change({ semaines: Number(target.value), sans: [] })}
        />
        <NumberField
          label="Nombre de dates"
          value={choix.nombre}
          error={tooMany ? `De 1 à ${NOMBRE_MAX} dates.` : undefined}
          onChange={(nombre) => change({ nombre })}
        />
      </div>
      <p role="status">{plural(liste.length, 'date retenue', 'dates retenues')}</p>
      <ul className="dates">
        {liste.map((date) => (
          <li key={date}>
            <span>{formatLongDay(date)}</span>
            <Button variant="lien" aria-label={`Retirer le ${formatLongDay(date)}`} onClick={() => change({ sans: [...choix.sans, date] })}>
              Retirer
            </Button>
          </li>
        ))}
      </ul>
      {choix.sans.length > 0 && (
        <p className="petit">
          {plural(choix.sans.length, 'date retirée', 'dates retirées')}.{' '}
          <Button variant="lien" onClick={() => change({ sans: [] })}>
            Tout remettre
          </Button>
        </p>
      )}
    </Fieldset>
  )
}
