import { type ReactNode, useId } from 'react'
import { FieldError, FieldHelp, Optional } from './field.tsx'

type Props = {
  legende: ReactNode
  aide?: ReactNode
  error?: string | undefined
  facultatif?: boolean
  id?: string | undefined
  className?: string
  children: ReactNode
}

/** Several fields, or several answers, under one question. */
export const Fieldset = ({ legende, aide, error, facultatif = false, id, className = '', children }: Props) => {
  const own = useId()
  const base = id ?? own
  const described = [aide ? `${base}-aide` : '', error ? `${base}-erreur` : ''].filter(Boolean).join(' ')
  return (
    <fieldset className={`champ ${error ? 'faux' : ''} ${className}`} id={base} tabIndex={-1} aria-describedby={described || undefined}>
      <legend>
        {legende}
        <Optional facultatif={facultatif} />
      </legend>
      <FieldHelp base={base} aide={aide} />
      {children}
      <FieldError base={base} error={error} />
    </fieldset>
  )
}
