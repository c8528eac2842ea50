import type { ComponentPropsWithRef } from 'react'
import { FieldFrame, type FieldProps, useFieldIds } from './field.tsx'

export type Option = { value: string; label: string }

/** `optionsOf(COMMANDE_LABELS)` → the options of a list, in the order of the table. */
export const optionsOf = (labels: Readonly<Record<string, string>>): Option[] =>
  Object.entries(labels).map(([value, label]) => ({ value, label }))

type Props = FieldProps & {
  options: readonly Option[]
  /** The first line, when nothing is chosen. `null`: something is always chosen. */
  vide?: string | null
} & Omit<ComponentPropsWithRef<'select'>, 'id' | 'className' | 'children'>

/** The native list: the phone's own wheel, no script. */
export const SelectField = ({ label, aide, error, facultatif, id, options, vide = 'Choisir', ...select }: Props) => {
  const { base, control } = useFieldIds({ id, aide, error })
  return (
    <FieldFrame {...{ base, label, aide, error, facultatif: facultatif ?? false }}>
      <select {...select} {...control}>
        {vide !== null && <option value="">{vide}</option>}
        {options.map(({ value, label: text }) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </FieldFrame>
  )
}
