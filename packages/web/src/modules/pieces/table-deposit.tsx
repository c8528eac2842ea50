import { FileField } from '../../ui/file-field.tsx'
import { Notice } from '../../ui/notice.tsx'
import type { useDeposit } from '../../upload.ts'

type Props = {
  deposit: ReturnType<typeof useDeposit>
  label: string
  aide: string
  accept: string
}

/** The box for a file of lines: why it is refused, how much of it has left, that it is being read. */
export const TableDeposit = ({ deposit: { upload, pick, refus }, label, aide, accept }: Props) => {
  const percent = Math.round(upload.part * 100)
  return (
    <>
      <FileField label={label} aide={aide} accept={accept} disabled={upload.isPending} error={refus} onPick={pick} />
      {upload.isPending && (
        <Notice tone="info" live="status">
          {percent < 100 ? `Envoi en cours : ${percent} %.` : 'Lecture du fichier…'}
        </Notice>
      )}
    </>
  )
}
