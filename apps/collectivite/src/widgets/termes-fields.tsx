import { IDENTITE_MODE_LABELS } from '@pass/domain/conventions.ts'
import { Card } from '@pass/web/ui/card.tsx'
import { CheckboxField } from '@pass/web/ui/checkbox-field.tsx'
import { MoneyField, NumberField } from '@pass/web/ui/number-field.tsx'
import { RadioTiles } from '@pass/web/ui/radio-tiles.tsx'
import { optionsOf } from '@pass/web/ui/select-field.tsx'
import type { ConventionForm } from './convention-form.ts'
import { CriteresField } from './criteres-field.tsx'
import { FinanceursFields } from './financeurs-fields.tsx'
import { LieuxField } from './lieux-field.tsx'
import { PublicsField } from './publics-field.tsx'
import type { TermesForm } from './termes-form.ts'
import { TerritoireField } from './territoire-field.tsx'

type Props = {
  form: TermesForm
  departements: readonly { code: string; nom: string }[]
  lieux: readonly { id: string; nom: string; commune: string }[]
}

const Argent = ({ form }: Pick<Props, 'form'>) => (
  <Card titre="Argent">
    <MoneyField label="Montant de la convention" aide="Valeur des pass qui peuvent être commandés." {...form.value('montantCentimes')} />
    <FinanceursFields form={form as unknown as ConventionForm} />
    <div className="cote-a-cote">
      <MoneyField
        label="Frais de l’opérateur"
        aide="En part de la valeur des pass, hors taxes."
        suffixe="%"
        {...form.value('fraisAmontBp')}
      />
      <MoneyField label="Part minimale du public cible de l’État" suffixe="%" {...form.value('quotaPicBp')} />
    </div>
    <CheckboxField label="Le Fonds social européen participe à cette convention" {...form.field('fse')} />
  </Card>
)

const Carnets = ({ form }: Pick<Props, 'form'>) => (
  <Card titre="Carnets">
    <div className="cote-a-cote">
      <NumberField label="Pass par carnet" suffixe="pass" {...form.value('carnetTaille')} />
      <MoneyField label="Valeur d’un pass" suffixe="€" {...form.value('valeurFacialeCentimes')} />
      <NumberField label="Validité des carnets" suffixe="mois" {...form.value('validiteMois')} />
      <NumberField label="Tolérance après la validité" suffixe="jours" {...form.value('toleranceJours')} />
      <NumberField label="Réclamations après la validité" suffixe="jours" {...form.value('reclamationJours')} />
    </div>
    <p className="petit doux">La taille, la valeur et la durée de validité concernent les prochaines commandes.</p>
  </Card>
)

const Utilisation = ({ form, departements, lieux }: Props) => (
  <Card titre="Utilisation">
    <div className="cote-a-cote">
      <NumberField label="Pass par personne, atelier jusqu’à 2 h" suffixe="pass" {...form.value('passParAtelier')} />
      <NumberField label="Pass par personne, atelier plus long" suffixe="pass" {...form.value('passParAtelierLong')} />
      <NumberField label="Pass par personne et demi-journée" suffixe="pass" {...form.value('passParDemiJournee')} />
    </div>
    <LieuxField form={form} lieux={lieux} />
    <TerritoireField form={form} departements={departements} />
  </Card>
)

const Personnes = ({ form }: Pick<Props, 'form'>) => (
  <Card titre="Personnes">
    <PublicsField form={form as unknown as ConventionForm} />
    <CriteresField form={form} />
    <RadioTiles legende="Demandé à la personne lors de la remise" options={optionsOf(IDENTITE_MODE_LABELS)} {...form.field('identite')} />
  </Card>
)

/** Every rule of a convention, of the brouillon as of an avenant, in four cards. */
export const TermesFields = (props: Props) => (
  <>
    <Argent {...props} />
    <Carnets {...props} />
    <Utilisation {...props} />
    <Personnes {...props} />
  </>
)
