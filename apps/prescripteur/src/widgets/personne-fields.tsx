import type { CarnetDetail } from '@pass/contracts/carnets.ts'
import { STATUT_EMPLOI_LABELS, TRANCHE_AGE_LABELS } from '@pass/domain/beneficiaires.ts'
import { PUBLIC_LABELS } from '@pass/domain/conventions.ts'
import { apiQuery } from '@pass/web/api.ts'
import { Card } from '@pass/web/ui/card.tsx'
import { CheckboxField } from '@pass/web/ui/checkbox-field.tsx'
import { ComboBox } from '@pass/web/ui/combo-box.tsx'
import { RadioTiles } from '@pass/web/ui/radio-tiles.tsx'
import { optionsOf, SelectField } from '@pass/web/ui/select-field.tsx'
import { TextAreaField, TextField } from '@pass/web/ui/text-field.tsx'
import type { Output } from '@pass/contracts/route.ts'
import { listCommunes } from '../calls.ts'
import type { RemiseForm } from './remise-form.ts'

const AGES = optionsOf(TRANCHE_AGE_LABELS)
const SITUATIONS = optionsOf(STATUT_EMPLOI_LABELS)

/** The fields of the person, and nothing more than the convention asks. */
const Identity = ({ form }: { form: RemiseForm }) => (
  <div className="identite">
    <TextField label="Prénom" autoComplete="off" {...form.field('personne.prenom')} />
    <TextField label="Nom" autoComplete="off" {...form.field('personne.nom')} />
    <SelectField label="Tranche d’âge" options={AGES} {...form.field('personne.trancheAge')} />
    <SelectField label="Situation" options={SITUATIONS} {...form.field('personne.statutEmploi')} />
    <ComboBox
      label="Commune"
      facultatif
      {...form.value('personne.commune')}
      query={(texte) => apiQuery(listCommunes, { query: { recherche: texte } })}
      items={(page: Output<typeof listCommunes>) =>
        page.items.map(({ code, nom, codesPostaux }) => ({ id: code, libelle: nom, detail: codesPostaux.join(', ') }))
      }
    />
    <TextField label="Téléphone ou courriel" facultatif autoComplete="off" {...form.field('personne.contact')} />
  </div>
)

type Props = { form: RemiseForm; carnet: CarnetDetail; askReason: boolean }

/** Who receives: the publics of the convention, the identity it asks for, the agreement. */
export const PersonneFields = ({ form, carnet: { convention, collectivite }, askReason }: Props) => (
  <Card titre="La personne">
    <RadioTiles
      legende="Public"
      aide={`Ceux que prévoit la convention « ${convention.nom} ».`}
      options={convention.publics.map((code) => ({ value: code, label: PUBLIC_LABELS[code] }))}
      {...form.field('public')}
    />
    {convention.identite === 'anonyme' ? (
      <p className="doux">Cette convention ne demande ni nom ni coordonnées.</p>
    ) : (
      <Identity form={form} />
    )}
    {askReason && (
      <TextAreaField
        label="Pourquoi remettre ce carnet malgré tout ?"
        aide="Votre motif est gardé avec la remise. N’écrivez rien sur la santé."
        {...form.field('motifDerogation')}
      />
    )}
    <CheckboxField
      label={`La personne est d’accord pour recevoir ce carnet et pour que ${collectivite.nom} garde ces réponses.`}
      {...form.field('consentement')}
    />
  </Card>
)
