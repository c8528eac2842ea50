import type { ComponentPropsWithRef, ReactNode } from 'react'
import { FieldFrame, type FieldProps, useFieldIds } from './field.tsx'

type TextProps = FieldProps & {
  /** A number of pass, a SIRET, an IBAN: fixed-width figures. */
  code?: boolean
  /** A unit after the box: « € », « carnets ». */
  suffixe?: ReactNode
} & Omit<ComponentPropsWithRef<'input'>, 'id' | 'className'>

export const TextField = ({ label, aide, error, facultatif, id, code = false, suffixe, ...input }: TextProps) => {
  const { base, control } = useFieldIds({ id, aide, error })
  const box = <input type="text" {...input} {...control} className={code ? 'code' : undefined} />
  return (
    <FieldFrame {...{ base, label, aide, error, facultatif: facultatif ?? false }}>
      {suffixe ? (
        <span className="avec-suffixe">
          {box}
          <span>{suffixe}</span>
        </span>
      ) : (
        box
      )}
    </FieldFrame>
  )
}

type AreaProps = FieldProps & Omit<ComponentPropsWithRef<'textarea'>, 'id' | 'className'>

export const TextAreaField = ({ label, aide, error, facultatif, id, ...area }: AreaProps) => {
  const { base, control } = useFieldIds({ id, aide, error })
  return (
    <FieldFrame {...{ base, label, aide, error, facultatif: facultatif ?? false }}>
      <textarea rows={4} {...area} {...control} />
    </FieldFrame>
  )
}
