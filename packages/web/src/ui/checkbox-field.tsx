import type { ComponentPropsWithRef } from 'react'
import { FieldError, FieldHelp, type FieldProps, useFieldIds } from './field.tsx'

type Props = FieldProps & Omit<ComponentPropsWithRef<'input'>, 'id' | 'className' | 'type'>

export const CheckboxField = ({ label, aide, error, facultatif: _facultatif, id, ...input }: Props) => {
  const { base, control } = useFieldIds({ id, aide, error })
  return (
    <div className={error ? 'champ case faux' : 'champ case'}>
      <label htmlFor={base}>
        <input {...input} {...control} type="checkbox" />
        <span>{label}</span>
      </label>
      <FieldHelp base={base} aide={aide} />
      <FieldError base={base} error={error} />
    </div>
  )
}
