import type { ChangeEvent } from 'react'
import { FieldFrame, type FieldProps, useFieldIds } from './field.tsx'

type Props = FieldProps & {
  /** Types proposed by the picker: « application/pdf,image/jpeg ». The server reads the bytes. */
  accept: string
  disabled?: boolean
  onPick: (file: File) => void
}

/** One file, sent as soon as it is chosen: the box is empty again, ready for the next one. */
export const FileField = ({ label, aide, error, facultatif, id, accept, disabled, onPick }: Props) => {
  const { base, control } = useFieldIds({ id, aide, error })
  const pick = ({ target }: ChangeEvent<HTMLInputElement>) => {
    const [file] = target.files ?? []
    target.value = ''
    if (file) onPick(file)
  }
  return (
    <FieldFrame {...{ base, label, aide, error, facultatif: facultatif ?? false }}>
      <input {...control} type="file" accept={accept} disabled={disabled} onChange={pick} />
    </FieldFrame>
  )
}
