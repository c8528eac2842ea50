import { type ComptePersonnel, comptePersonnelRoutes } from '@pass/contracts/compte-personnel.ts'
import { CATEGORIE_LABELS, type Categorie, RYTHME_LABELS } from '@pass/domain/notifications.ts'
import { useContractForm } from '@pass/web/form.ts'
import { Card } from '@pass/web/ui/card.tsx'
import { Form } from '@pass/web/ui/form.tsx'
import { optionsOf, SelectField } from '@pass/web/ui/select-field.tsx'
import { SubmitButton } from '@pass/web/ui/submit-button.tsx'
import { useSay } from './done.tsx'

const { getComptePersonnel, setPreference } = comptePersonnelRoutes

const ABOUT: Record<Categorie, string> = {
  securite: 'Connexions, accès donnés ou retirés, second facteur.',
  argent: 'Virements, mandats, changement de compte bancaire.',
  rendez_vous: 'Ateliers annulés, places libérées pour les personnes que vous avez inscrites.',
  suivi: 'Commandes, carnets, ateliers, conventions.',
}

type Preference = ComptePersonnel['preferences'][number]

const Choice = ({ preference: { categorie, rythme } }: { preference: Preference }) => {
  const say = useSay()
  const form = useContractForm(setPreference, {
    params: { categorie },
    defaultValues: { rythme },
    invalidates: [getComptePersonnel],
    onSuccess: (_compte, { body }) =>
      say({
        titre: 'Choix enregistré.',
        suite: `${CATEGORIE_LABELS[categorie]} : ${RYTHME_LABELS[body.rythme].toLowerCase()}. Tout reste sur cette page.`,
      }),
  })
  return (
    <Form form={form} label={`Courriels : ${CATEGORIE_LABELS[categorie]}`}>
      <div className="rang-choix">
        <SelectField
          label="Je reçois un courriel"
          vide={null}
          options={optionsOf(RYTHME_LABELS)}
          {...form.field('rythme')}
          id={`rythme-${categorie}`}
        />
        <SubmitButton variant="second">
          Enregistrer<span className="hors-ecran">{` pour ${CATEGORIE_LABELS[categorie].toLowerCase()}`}</span>
        </SubmitButton>
      </div>
    </Form>
  )
}

/** How often each kind of news is mailed. Security is not a choice. */
export const Preferences = ({ compte }: { compte: ComptePersonnel }) => (
  <div className="trois">
    {compte.preferences.map((preference) => (
      <Card key={preference.categorie} titre={CATEGORIE_LABELS[preference.categorie]} niveau={3}>
        <p className="petit doux">{ABOUT[preference.categorie]}</p>
        {preference.modifiable ? (
          <Choice preference={preference} />
        ) : (
          <p>
            <strong>{RYTHME_LABELS[preference.rythme]}.</strong> Ces courriels protègent votre compte : ils partent toujours.
          </p>
        )}
      </Card>
    ))}
  </div>
)
