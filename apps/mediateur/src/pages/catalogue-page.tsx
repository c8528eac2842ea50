import type { Prestation } from '@pass/contracts/creneaux.ts'
import { formatDuration } from '@pass/domain/days.ts'
import { type ThemeCode, THEME_CODES, THEME_LABELS } from '@pass/domain/lieux.ts'
import { pluralPass } from '@pass/domain/money.ts'
import { apiQuery, useWarmed, warm } from '@pass/web/api.ts'
import { readProblem } from '@pass/web/errors.ts'
import { useContractForm } from '@pass/web/form.ts'
import { useCan } from '@pass/web/session.tsx'
import { Button } from '@pass/web/ui/button.tsx'
import { Card } from '@pass/web/ui/card.tsx'
import { Form } from '@pass/web/ui/form.tsx'
import { Notice } from '@pass/web/ui/notice.tsx'
import { NumberField } from '@pass/web/ui/number-field.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { SelectField } from '@pass/web/ui/select-field.tsx'
import { SubmitButton } from '@pass/web/ui/submit-button.tsx'
import { TextField } from '@pass/web/ui/text-field.tsx'
import { useState } from 'react'
import { type LoaderFunctionArgs, useParams } from 'react-router'
import { durationOptions } from '../ateliers/atelier-model.ts'
import { listMesLieux, listPrestations, setPrestation } from '../calls.ts'
import { paths } from '../paths.ts'

export const loader = async ({ params }: LoaderFunctionArgs) => {
  const queries = await warm({ mes: apiQuery(listMesLieux, {}), catalogue: apiQuery(listPrestations, {}) })
  if (!params.lieuId) throw readProblem(404, null)
  return queries
}

type EditProps = { lieuId: string; theme: ThemeCode; known: Prestation | undefined; onDone: () => void; onClose: () => void }

const PRIX = 1
const DUREE = 120

const Edit = ({ lieuId, theme, known, onDone, onClose }: EditProps) => {
  const form = useContractForm(setPrestation, {
    params: { lieuId, theme },
    defaultValues: {
      prixPass: known?.prixPass ?? PRIX,
      dureeMinutes: known?.dureeMinutes ?? DUREE,
      detail: known?.detail ?? null,
    },
    invalidates: [listPrestations, listMesLieux],
    onSuccess: onDone,
  })
  return (
    <Form form={form} label={THEME_LABELS[theme]}>
      <div className="deux-champs">
        <NumberField label="Prix en pass" suffixe="pass" {...form.value('prixPass')} />
        <SelectField label="Durée" vide={null} options={durationOptions(30, 45, known?.dureeMinutes)} {...form.field('dureeMinutes')} />
      </div>
      <TextField
        label="Ce qu’on y fait"
        aide="Exemple : ouvrir un compte sur le site des impôts."
        facultatif
        maxLength={300}
        {...form.field('detail')}
      />
      <SubmitButton
        autres={
          <Button variant="second" onClick={onClose}>
            Renoncer
          </Button>
        }
      >
        Enregistrer le service
      </SubmitButton>
    </Form>
  )
}

const Facts = ({ known }: { known: Prestation | undefined }) =>
  known ? (
    <p>
      <strong>{pluralPass(known.prixPass)}</strong>, {formatDuration(known.dureeMinutes)}
      {known.detail && <span className="petit doux"> – {known.detail}</span>}
    </p>
  ) : (
    <p className="doux">Pas proposé ici.</p>
  )

const Service = ({ lieuId, theme, known }: { lieuId: string; theme: ThemeCode; known: Prestation | undefined }) => {
  const can = useCan()
  const [open, setOpen] = useState(false)
  const [saved, setSaved] = useState(false)
  return (
    <li className="service">
      <h2>{THEME_LABELS[theme]}</h2>
      {open ? (
        <Edit
          {...{ lieuId, theme, known }}
          onClose={() => setOpen(false)}
          onDone={() => {
            setOpen(false)
            setSaved(true)
          }}
        />
      ) : (
        <>
          <Facts known={known} />
          {saved && (
            <Notice tone="bien" live="status" titre="Service enregistré.">
              Les ateliers à venir le proposent.
            </Notice>
          )}
          {can('prestation:manage') && (
            <div>
              <Button
                variant="second"
                aria-label={`${known ? 'Modifier' : 'Proposer'} ${THEME_LABELS[theme]}`}
                onClick={() => {
                  setSaved(false)
                  setOpen(true)
                }}
              >
                {known ? 'Modifier' : 'Proposer'}
              </Button>
            </div>
          )}
        </>
      )}
    </li>
  )
}

/** What a place offers: each service of the national list, its price in pass and how long it lasts. */
export const Component = () => {
  const { mes, catalogue } = useWarmed<typeof loader>()
  const { lieuId } = useParams()
  const can = useCan()
  const lieu = mes.items.find(({ id }) => id === lieuId)
  if (!lieu) throw readProblem(404, null)
  const known = new Map(catalogue.items.filter((one) => one.lieuId === lieu.id).map((one) => [one.theme, one]))
  return (
    <Page
      titre="Catalogue de services"
      fil={[
        { to: paths.journee(), label: 'Ma journée' },
        { to: paths.monLieu(), label: 'Mon lieu' },
      ]}
      intro={`${lieu.nom}. Le prix et la durée informent\u00a0; la convention de la collectivité décide du nombre de pass.`}
      etroit
    >
      {!can('prestation:manage') && <Notice tone="neutre">Le catalogue se modifie par la personne responsable de votre structure.</Notice>}
      <Card>
        <ul className="services">
          {THEME_CODES.map((theme) => (
            <Service key={theme} lieuId={lieu.id} theme={theme} known={known.get(theme)} />
          ))}
        </ul>
      </Card>
    </Page>
  )
}
