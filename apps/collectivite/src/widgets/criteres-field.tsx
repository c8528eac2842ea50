import { PUBLIC_LABELS, type PublicCode } from '@pass/domain/conventions.ts'
import { fieldId } from '@pass/web/ui/field.tsx'
import { Fieldset } from '@pass/web/ui/fieldset.tsx'
import { TextField } from '@pass/web/ui/text-field.tsx'
import type { TermesForm } from './termes-form.ts'

type Critere = { public: PublicCode; texte: string }

/** What proves that a person belongs to a public chosen above; blank: nothing is asked for. */
export const CriteresField = ({ form }: { form: TermesForm }) => {
  const publics = form.watch('publics') as PublicCode[]
  const criteres = form.watch('criteres') as Critere[]
  const set = (code: PublicCode, texte: string) => {
    const others = criteres.filter((one) => one.public !== code && publics.includes(one.public))
    form.setValue('criteres', texte === '' ? others : [...others, { public: code, texte }], { shouldDirty: true })
  }
  if (publics.length === 0) return null
  return (
    <Fieldset
      legende="Critères des publics"
      aide="Ce que le prescripteur vérifie avant de remettre un carnet. Exemple : attestation de la CAF de moins de trois mois."
      id={fieldId('criteres')}
      error={form.field('criteres').error}
    >
      {publics.map((code) => (
        <TextField
          key={code}
          label={PUBLIC_LABELS[code]}
          facultatif
          maxLength={300}
          autoComplete="off"
          id={`critere-${code}`}
          value={criteres.find((one) => one.public === code)?.texte ?? ''}
          onChange={({ target }) => set(code, target.value)}
        />
      ))}
    </Fieldset>
  )
}
