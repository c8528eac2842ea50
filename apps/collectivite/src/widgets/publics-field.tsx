import { PUBLICS } from '@pass/domain/conventions.ts'
import { CheckboxField } from '@pass/web/ui/checkbox-field.tsx'
import { fieldId } from '@pass/web/ui/field.tsx'
import { Fieldset } from '@pass/web/ui/fieldset.tsx'
import type { ConventionForm } from './convention-form.ts'

/** Who may receive a carnet; the State's target public is marked, half of its share at least goes there. */
export const PublicsField = ({ form }: { form: ConventionForm }) => {
  const { error, ...box } = form.field('publics')
  return (
    <Fieldset
      legende="Publics"
      aide="Le prescripteur vérifie que la personne appartient à l’un de ces publics."
      id={fieldId('publics')}
      error={error}
    >
      {PUBLICS.map(({ code, label, pic }) => (
        <CheckboxField
          key={code}
          {...box}
          id={`public-${code}`}
          value={code}
          label={
            <>
              {label}
              {pic && <span className="petit doux"> – public prioritaire de l’État</span>}
            </>
          }
        />
      ))}
    </Fieldset>
  )
}
