import { joined } from '@pass/domain/plages.ts'
import { formatSerie, parseSerie } from '@pass/domain/references.ts'
import type { PlageSaisie } from '@pass/domain/oppositions.ts'
import { PlagesField } from '../carnets/plages-field.tsx'

const serieOf = (text: string): number => {
  const read = parseSerie(text)
  return read.ok ? read.serie : 0
}

/** Carnets read one after the other stand as the ranges they make, each once however often it is scanned. */
export const joinPlages = (plages: readonly PlageSaisie[]): PlageSaisie[] =>
  joined(plages.map(({ premier, dernier }) => ({ premiere: serieOf(premier), derniere: serieOf(dernier) }))).map(
    ({ premiere, derniere }) => ({
      premier: formatSerie(premiere),
      dernier: formatSerie(derniere),
    }),
  )

type Props = { value: readonly PlageSaisie[]; onChange: (value: PlageSaisie[]) => void }

/** The carnets of a parcel, scanned or typed. */
export const ParcelPlages = ({ value, onChange }: Props) => (
  <PlagesField
    legende="Carnets à envoyer"
    value={value}
    onChange={(next) => onChange(joinPlages(next))}
    vide="Aucun carnet lu pour l’instant."
  />
)
