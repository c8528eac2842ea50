import type { Session } from '@pass/contracts/session.ts'
import { LIEN_MINUTES } from '@pass/domain/acces.ts'
import { apiQuery, useWarmed, warm } from '@pass/web/api.ts'
import { ApiError } from '@pass/web/errors.ts'
import { useContractForm } from '@pass/web/form.ts'
import { Card } from '@pass/web/ui/card.tsx'
import { CheckboxField } from '@pass/web/ui/checkbox-field.tsx'
import { Form } from '@pass/web/ui/form.tsx'
import { Notice } from '@pass/web/ui/notice.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { SubmitButton } from '@pass/web/ui/submit-button.tsx'
import { LogIn } from 'lucide-react'
import { useSearchParams } from 'react-router'
import { getMoyens, openLien } from '../calls.ts'
import { goTo, nextStep, retourOf } from '../entree.ts'
import { useJeton } from '../jeton.ts'
import { paths } from '../paths.ts'
import { LinkForm } from '../widgets/link-form.tsx'
import { SHARED_HELP } from '../widgets/sign-in-form.tsx'

export const loader = () => warm({ moyens: apiQuery(getMoyens, {}) })

/** The link holds no more, or was cut by the mail program: the same answer, and another one to ask for. */
const isDead = (error: unknown): boolean => error instanceof ApiError && (error.code === 'lien_perime' || error.status === 400)

const Expired = ({ titre, retour, demo }: { titre: string; retour: string | null; demo: boolean }) => (
  <>
    <Notice tone="attente" live="alert" titre={titre}>
      {`Un lien sert une seule fois, pendant ${LIEN_MINUTES}\u00a0minutes. Demandez-en un autre.`}
    </Notice>
    <Card titre="Recevoir un autre lien">
      <LinkForm retour={retour} demo={demo} />
    </Card>
  </>
)

const Opening = ({ jeton, retour, demo }: { jeton: string; retour: string | null; demo: boolean }) => {
  const onSession = (session: Session) => goTo(nextStep(session, retour))
  const form = useContractForm(openLien, { defaultValues: { jeton, guichet: false }, onSuccess: onSession })
  if (isDead(form.mutation.error)) return <Expired titre="Ce lien ne sert plus." retour={retour} demo={demo} />
  return (
    <Card>
      <Form form={form} label="Se connecter par le lien reçu">
        <p>Ce lien ouvre votre session sur cet appareil. Si vous n’avez rien demandé, fermez cette page.</p>
        <CheckboxField label="Poste partagé" aide={SHARED_HELP} {...form.field('guichet')} />
        <SubmitButton icon={LogIn}>Me connecter</SubmitButton>
      </Form>
    </Card>
  )
}

/** Nothing opens by itself: the programs that visit the links of mails must not use them up. */
export const Component = () => {
  const { moyens } = useWarmed<typeof loader>()
  const [search] = useSearchParams()
  const jeton = useJeton()
  const shared = { retour: retourOf(search), demo: moyens.demo }
  return (
    <Page titre="Connexion par courriel" fil={[{ to: paths.connexion(), label: 'Se connecter' }]} etroit>
      {jeton === null ? (
        <Expired titre="Ouvrez le lien depuis le courriel." {...shared} />
      ) : (
        <Opening key={jeton} jeton={jeton} {...shared} />
      )}
    </Page>
  )
}
