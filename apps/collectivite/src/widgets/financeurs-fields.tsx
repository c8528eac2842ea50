import { FINANCEUR_NATURE_LABELS, whyNotSaveFinanceurs } from '@pass/domain/conventions.ts'
import { percent } from '@pass/domain/money.ts'
import { Button } from '@pass/web/ui/button.tsx'
import { fieldId } from '@pass/web/ui/field.tsx'
import { Fieldset } from '@pass/web/ui/fieldset.tsx'
import { Notice } from '@pass/web/ui/notice.tsx'
import { MoneyField } from '@pass/web/ui/number-field.tsx'
import { SelectField, optionsOf } from '@pass/web/ui/select-field.tsx'
import { TextField } from '@pass/web/ui/text-field.tsx'
import { Plus, Trash2 } from 'lucide-react'
import { useFieldArray } from 'react-hook-form'
import type { ConventionForm } from './convention-form.ts'

type Typed = { nom: string; cleBp: number | undefined; plafondCentimes: number | null | undefined; estRepli: boolean }

const MAX = 10
const bp = (value: number | undefined): number => (value !== undefined && Number.isInteger(value) ? value : 0)

/** Why the key cannot be saved as it is typed now, in the domain's words. */
export const keyReason = (financeurs: readonly Typed[]): string | null =>
  whyNotSaveFinanceurs(financeurs.map((row) => ({ ...row, cleBp: bp(row.cleBp), plafondCentimes: row.plafondCentimes ?? null })))
    ?.message ?? null

const Total = ({ financeurs }: { financeurs: readonly Typed[] }) => {
  const reason = keyReason(financeurs)
  const total = percent(financeurs.reduce((sum, { cleBp }) => sum + bp(cleBp), 0))
  return (
    <Notice tone={reason ? 'attente' : 'bien'} titre={`Total des parts : ${total}.`} live="status">
      {reason ?? 'La clé est complète.'}
    </Notice>
  )
}

const Row = ({ form, rank, onRemove }: { form: ConventionForm; rank: number; onRemove: (() => void) | undefined }) => (
  <Fieldset legende={`Financeur ${rank + 1}`} className="carte financeur">
    <div className="cote-a-cote">
      <SelectField label="Nature" vide={null} options={optionsOf(FINANCEUR_NATURE_LABELS)} {...form.field(`financeurs.${rank}.nature`)} />
      <TextField label="Nom" autoComplete="off" {...form.field(`financeurs.${rank}.nom`)} />
      <MoneyField label="Part" suffixe="%" {...form.value(`financeurs.${rank}.cleBp`)} />
      <MoneyField label="Plafond" facultatif {...form.value(`financeurs.${rank}.plafondCentimes`)} />
    </div>
    {onRemove && (
      <div>
        <Button variant="lien" icon={Trash2} onClick={onRemove} aria-label={`Retirer le financeur ${rank + 1}`}>
          Retirer
        </Button>
      </div>
    )}
  </Fieldset>
)

// The contract keeps a mark on each line; people choose one name among the lines.
const Fallback = ({ form, financeurs }: { form: ConventionForm; financeurs: readonly Typed[] }) => (
  <SelectField
    label="Qui prend le reste ?"
    aide="Ce financeur paie ce que le plafond d’un autre refuse. Il n’a pas de plafond."
    id={fieldId('repli')}
    value={String(financeurs.findIndex(({ estRepli }) => estRepli))}
    options={financeurs.map(({ nom }, rank) => ({ value: String(rank), label: nom || `Financeur ${rank + 1}` }))}
    onChange={({ target }) => financeurs.forEach((_, rank) => form.setValue(`financeurs.${rank}.estRepli`, target.value === String(rank)))}
  />
)

/** Who pays which part of each pass: lines added and removed, their total told at each key (ux.md A7). */
export const FinanceursFields = ({ form }: { form: ConventionForm }) => {
  const { fields, append, remove } = useFieldArray({ control: form.control, name: 'financeurs' })
  const financeurs = form.watch('financeurs') as Typed[]
  const add = () => append({ nature: 'prive', nom: '', cleBp: undefined, plafondCentimes: null, estRepli: false })
  return (
    <Fieldset
      legende="Financeurs"
      aide="Les parts totalisent 100 %."
      id={fieldId('financeurs')}
      error={form.problems.find(({ id }) => id === fieldId('financeurs'))?.message}
    >
      <div className="pile">
        {fields.map(({ id }, rank) => (
          <Row key={id} form={form} rank={rank} onRemove={fields.length > 1 ? () => remove(rank) : undefined} />
        ))}
        <div>
          <Button variant="second" icon={Plus} onClick={add} disabledReason={fields.length >= MAX ? 'Dix financeurs au plus.' : null}>
            Ajouter un financeur
          </Button>
        </div>
        <Fallback form={form} financeurs={financeurs} />
        <Total financeurs={financeurs} />
      </div>
    </Fieldset>
  )
}
