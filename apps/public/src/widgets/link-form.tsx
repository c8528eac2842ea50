import { LIEN_MINUTES } from '@pass/domain/acces.ts'
import { useContractForm } from '@pass/web/form.ts'
import { Button } from '@pass/web/ui/button.tsx'
import { Form } from '@pass/web/ui/form.tsx'
import { Notice } from '@pass/web/ui/notice.tsx'
import { SubmitButton } from '@pass/web/ui/submit-button.tsx'
import { TextField } from '@pass/web/ui/text-field.tsx'
import { Mail } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'react-router'
import { requestLien } from '../calls.ts'
import { paths } from '../paths.ts'
import { useWait, WaitNotice, waitReason, withoutWait } from './wait.tsx'

/** What is said whether an account exists or not: nobody learns here who has one. */
const Sent = ({ courriel, demo, onAgain }: { courriel: string; demo: boolean; onAgain: () => void }) => (
  <>
    <Notice tone="bien" live="status" titre="Regardez votre boîte aux lettres.">
      {`Si un compte existe pour ${courriel}, un lien de connexion vient de partir. Il sert une fois, pendant ${LIEN_MINUTES}\u00a0minutes.`}
    </Notice>
    <p className="petit doux">
      Rien n’arrive&nbsp;? Regardez les courriels indésirables, puis vérifiez l’adresse auprès de la personne qui administre votre
      organisation.
    </p>
    {demo && (
      <p>
        <Link to={paths.boiteAuxLettres({ adresse: courriel })}>Ouvrir la boîte aux lettres de la démonstration</Link>
      </p>
    )}
    <p>
      <Button variant="lien" onClick={onAgain}>
        Changer d’adresse ou demander un autre lien
      </Button>
    </p>
  </>
)

/** A link by mail: the way in for whoever has neither ProConnect nor a password at hand. */
export const LinkForm = ({ retour, demo }: { retour: string | null; demo: boolean }) => {
  const [sentTo, setSentTo] = useState<string | null>(null)
  const form = useContractForm(requestLien, {
    defaultValues: { courriel: '', ...(retour !== null && { retour }) },
    onSuccess: (_, { body }) => setSentTo(body.courriel),
  })
  const { error } = form.mutation
  const left = useWait(error)
  const { id, ...field } = form.field('courriel')
  // the sign-in page has another address box: neither its id nor its label may be this one's
  const own = (name: string) => `lien-${name}`
  const problems = form.problems.map((problem) => ({ ...problem, id: own(problem.id) }))
  if (sentTo !== null) return <Sent courriel={sentTo} demo={demo} onAgain={() => setSentTo(null)} />
  return (
    <Form form={{ ...withoutWait(form, error), problems }} label="Recevoir un lien par courriel">
      <TextField
        label="Adresse électronique professionnelle"
        aide="Exemple : prenom.nom@exemple.fr"
        type="email"
        autoComplete="email"
        {...field}
        id={own(id)}
      />
      <WaitNotice error={error} left={left} />
      <SubmitButton variant="second" icon={Mail} disabledReason={waitReason(left)}>
        Recevoir un lien par courriel
      </SubmitButton>
    </Form>
  )
}
