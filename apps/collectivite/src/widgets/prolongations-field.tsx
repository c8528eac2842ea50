import { formatNumber } from '@pass/domain/money.ts'
import { formatDay } from '@pass/domain/days.ts'
import { Card } from '@pass/web/ui/card.tsx'
import { DateField } from '@pass/web/ui/date-field.tsx'
import type { TermesForm } from './termes-form.ts'

type Lot = { id: string; nom: string; carnets: number; dateFin: string }
type Prolongation = { lotId: string; dateFin: string }

/** The lots whose end of validity moves: by avenant only. */
export const ProlongationsField = ({ form, lots }: { form: TermesForm; lots: readonly Lot[] }) => {
  const list = form.watch('prolongations') as Prolongation[]
  const set = (lotId: string, dateFin: string) => {
    const others = list.filter((one) => one.lotId !== lotId)
    form.setValue('prolongations', dateFin === '' ? others : [...others, { lotId, dateFin }], { shouldDirty: true })
  }
  const errorOf = (lotId: string) => {
    const rank = list.findIndex((one) => one.lotId === lotId)
    return rank < 0 ? undefined : form.field(`prolongations.${rank}.dateFin`).error
  }
  if (lots.length === 0) return null
  return (
    <Card titre="Prolonger des carnets déjà produits">
      <p>Laissez vide pour ne rien changer. La validité finit toujours le dernier jour d’un mois.</p>
      <div className="cote-a-cote">
        {lots.map(({ id, nom, carnets, dateFin }) => (
          <DateField
            key={id}
            label={`Nouvelle fin, ${nom}`}
            aide={`${formatNumber(carnets)} carnets, valables jusqu’au ${formatDay(dateFin)}.`}
            facultatif
            min={dateFin}
            id={`prolongation-${id}`}
            error={errorOf(id)}
            value={list.find((one) => one.lotId === id)?.dateFin ?? ''}
            onChange={({ target }) => set(id, target.value)}
          />
        ))}
      </div>
    </Card>
  )
}
