import { apiQuery, useWarmed, warm } from '@pass/web/api.ts'
import { ApiError } from '@pass/web/errors.ts'
import { useContractForm } from '@pass/web/form.ts'
import { Card } from '@pass/web/ui/card.tsx'
import { Form } from '@pass/web/ui/form.tsx'
import { Notice } from '@pass/web/ui/notice.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { SubmitButton } from '@pass/web/ui/submit-button.tsx'
import { TextField } from '@pass/web/ui/text-field.tsx'
import { useState } from 'react'
import { Link } from 'react-router'
import { confirmRecuperation, getMoyens, requestRecuperation } from '../calls.ts'
import { useJeton } from '../jeton.ts'
import { paths } from '../paths.ts'
import { useWait, WaitNotice, waitReason, withoutWait } from '../widgets/wait.tsx'

export const loader = () => warm({ moyens: apiQuery(getMoyens, {}) })

const Request = ({ demo }: { demo: boolean }) => {
  const [sentTo, setSentTo] = useState<string | null>(null)
  const form = useContractForm(requestRecuperation, {
    defaultValues: { courriel: '' },
    onSuccess: (_, { body }) => setSentTo(body.courriel),
  })
  const { error } = form.mutation
  const left = useWait(error)
  if (sentTo !== null)
    return (
      <>
        <Notice tone="bien" live="status" titre="Regardez votre boîte aux lettres.">
          {`Si un compte existe pour ${sentTo}, un courriel vient de partir. Suivez son lien pour confirmer la perte.`}
        </Notice>
        {demo && (
          <p>
            <Link to={paths.boiteAuxLettres({ adresse: sentTo })}>Ouvrir la boîte aux lettres de la démonstration</Link>
          </p>
        )}
      </>
    )
  return (
    <Form form={withoutWait(form, error)} label="Signaler la perte">
      <TextField
        label="Adresse électronique de votre compte"
        aide="Exemple : prenom.nom@exemple.fr"
        type="email"
        autoComplete="email"
        {...form.field('courriel')}
      />
      <WaitNotice error={error} left={left} />
      <SubmitButton disabledReason={waitReason(left)}>Signaler la perte</SubmitButton>
    </Form>
  )
}

const Confirmed = ({ decidePar }: { decidePar: string }) => (
  <Notice tone="bien" live="status" titre="La perte est signalée.">
    {`C’est ${decidePar} qui décide. Appelez une de ces personnes ou allez la voir\u00a0: elle doit vous reconnaître, de vive voix ou en face. Vous recevrez sa réponse par courriel.`}
  </Notice>
)

const Confirm = ({ jeton, demo }: { jeton: string; demo: boolean }) => {
  const form = useContractForm(confirmRecuperation, { defaultValues: { jeton } })
  const { data, error } = form.mutation
  if (data) return <Confirmed decidePar={data.decidePar} />
  if (error instanceof ApiError && (error.code === 'lien_perime' || error.status === 400))
    return (
      <>
        <Notice tone="attente" live="alert" titre="Ce lien ne sert plus.">
          Il ne sert qu’une fois et pendant peu de temps. Demandez-en un autre.
        </Notice>
        <Request demo={demo} />
      </>
    )
  return (
    <Form form={form} label="Confirmer la perte">
      <p>
        Vous confirmez que vous n’avez plus ni votre clé d’accès, ni votre application de codes. Une autre personne décidera de les retirer
        de votre compte.
      </p>
      <p>Si vous n’avez rien demandé, fermez cette page et prévenez la personne qui administre votre organisation.</p>
      <SubmitButton>Confirmer la perte</SubmitButton>
    </Form>
  )
}

/** A lost second factor: one tells it, somebody else who knows the person decides. */
export const Component = () => {
  const { moyens } = useWarmed<typeof loader>()
  const jeton = useJeton()
  return (
    <Page titre="Second facteur perdu" fil={[{ to: paths.connexion(), label: 'Se connecter' }]} etroit>
      <Card titre="Comment cela se passe">
        <ol className="puces">
          <li>Vous signalez la perte. Un courriel part à votre adresse.</li>
          <li>Vous confirmez par son lien.</li>
          <li>Une personne de votre organisation, qui vous connaît, décide.</li>
          <li>Vous vous connectez et ajoutez un nouveau second facteur.</li>
        </ol>
      </Card>
      <Card>{jeton === null ? <Request demo={moyens.demo} /> : <Confirm key={jeton} jeton={jeton} demo={moyens.demo} />}</Card>
      <p className="petit doux">
        Il vous reste une clé d’accès ou l’application&nbsp;? Connectez-vous avec elle, puis retirez l’autre dans «&nbsp;Mon compte&nbsp;».
      </p>
    </Page>
  )
}
