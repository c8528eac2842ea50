import { CircleX } from 'lucide-react'
import { type ReactNode, useId } from 'react'

/** What every field takes. `error` and `id` come from `form.field(name)`. */
export type FieldProps = {
  label: ReactNode
  /** What helps before typing: a format, where to find the number. */
  aide?: ReactNode
  error?: string | undefined
  /** Adds « (facultatif) » to the label: what is optional is marked, the rest is asked for. */
  facultatif?: boolean
  id?: string | undefined
}

/** The id a field goes by in the error summary. */
export const fieldId = (name: string): string => `champ-${name.replaceAll('.', '-')}`

/** Ties label, help and error to one control. */
export const useFieldIds = ({ id, aide, error }: Pick<FieldProps, 'id' | 'aide' | 'error'>) => {
  const own = useId()
  const base = id ?? own
  const described = [aide ? `${base}-aide` : '', error ? `${base}-erreur` : ''].filter(Boolean).join(' ')
  return {
    base,
    control: { id: base, 'aria-describedby': described || undefined, 'aria-invalid': error ? (true as const) : undefined },
  }
}

export const FieldHelp = ({ base, aide }: { base: string; aide: ReactNode }) =>
  aide ? (
    <span className="aide" id={`${base}-aide`}>
      {aide}
    </span>
  ) : null

export const FieldError = ({ base, error }: { base: string; error: string | undefined }) =>
  error ? (
    <span className="erreur" id={`${base}-erreur`}>
      <CircleX aria-hidden="true" />
      <span>{error}</span>
    </span>
  ) : null

export const Optional = ({ facultatif }: { facultatif: boolean }) => (facultatif ? <span className="facultatif"> (facultatif)</span> : null)

type FrameProps = FieldProps & { base: string; children: ReactNode }

/** Label above, help under it, control, error under the control. */
export const FieldFrame = ({ base, label, aide, error, facultatif = false, children }: FrameProps) => (
  <div className={error ? 'champ faux' : 'champ'}>
    <label htmlFor={base} id={`${base}-libelle`}>
      {label}
      <Optional facultatif={facultatif} />
    </label>
    <FieldHelp base={base} aide={aide} />
    {children}
    <FieldError base={base} error={error} />
  </div>
)
