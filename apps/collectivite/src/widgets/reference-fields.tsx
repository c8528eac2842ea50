import type { Facturation } from '@pass/contracts/factures.ts'
import { isDemanded, REFERENCE_LABELS, REFERENCES, type ReferenceField } from '@pass/domain/facturation.ts'
import { TextField } from '@pass/web/ui/text-field.tsx'
import type { ComponentProps } from 'react'

const AIDES: Record<ReferenceField, string> = {
  numeroMarche: 'Exemple : 2026-M-014.',
  numeroEngagement: 'Exemple : EJ-2026-17.',
  codeService: 'Celui de votre organisation sur Chorus Pro. Exemple : FINANCES.',
  siretFacturation: 'S’il n’est pas celui de votre organisation. Exemple : 212 302 509 00014.',
}

type Props = { facturation: Facturation; field: (name: ReferenceField) => Omit<ComponentProps<typeof TextField>, 'label'> }

/** What the buyer writes so that its invoice is not sent back: required only when its body demands it (ux.md A9). */
export const ReferenceFields = ({ facturation, field }: Props) => (
  <div className="pile">
    {REFERENCES.map((name) => {
      const demanded = isDemanded(name, facturation)
      return (
        <TextField
          key={name}
          {...field(name)}
          label={REFERENCE_LABELS[name]}
          facultatif={!demanded}
          aide={demanded ? `Votre organisation le demande sur ses factures. ${AIDES[name]}` : AIDES[name]}
          autoComplete="off"
        />
      )
    })}
  </div>
)
