import { preuveRoutes } from '@pass/contracts/preuves.ts'
import { type Preuve, PREUVE_MINUTES } from '@pass/domain/acces.ts'
import { useMutation } from '@tanstack/react-query'
import { Fingerprint, Mail, ShieldCheck } from 'lucide-react'
import { type ReactNode, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { call } from './api.ts'
import { useContractForm } from './form.ts'
import { answerDefi, canUsePasskeys } from './passkeys.ts'
import { answerProof, isProofAsked, onProofChange } from './proof.ts'
import { type Session, setSession, useSession } from './session.tsx'
import { Button, ButtonRow, LinkButton } from './ui/button.tsx'
import { Dialog } from './ui/dialog.tsx'
import { Form } from './ui/form.tsx'
import { RefusalNotice } from './ui/notice.tsx'
import { SubmitButton } from './ui/submit-button.tsx'
import { TextField } from './ui/text-field.tsx'

const proved = (session: Session): void => {
  setSession(session)
  answerProof(true)
}
const giveUp = (): void => answerProof(false)

const GiveUp = () => (
  <Button variant="second" onClick={giveUp}>
    Annuler
  </Button>
)

const PasskeyProof = () => {
  const prove = useMutation({
    mutationFn: async () => {
      const { defiId, options } = await call(preuveRoutes.challengePreuve, {})
      return call(preuveRoutes.provePasskey, { body: { defiId, reponse: await answerDefi(options) } })
    },
    onSuccess: proved,
  })
  return (
    <>
      <p>Votre appareil va vous demander votre empreinte, votre visage ou son code.</p>
      <RefusalNotice error={prove.error} />
      <ButtonRow>
        <Button icon={Fingerprint} pending={prove.isPending} onClick={() => prove.mutate()}>
          Utiliser ma clé d’accès
        </Button>
        <GiveUp />
      </ButtonRow>
    </>
  )
}

// The refusal is said under the field, which takes the focus back: one field needs no summary.
const useOneField = (
  id: string,
  { mutation, attempt, refusal }: { mutation: { error: unknown }; attempt: number; refusal: string | null },
) => {
  useEffect(() => {
    if (attempt > 0 || mutation.error) document.getElementById(id)?.focus()
  }, [id, attempt, mutation.error])
  return refusal ?? undefined
}

const quiet = <F extends { refusal: string | null; problems: unknown[] }>(form: F): F => ({ ...form, refusal: null, problems: [] })

type CodeProps = { route: typeof preuveRoutes.proveTotp | typeof preuveRoutes.proveCode; label: string; aide: string; children?: ReactNode }

const CodeProof = ({ route, label, aide, children }: CodeProps) => {
  const form = useContractForm(route, { defaultValues: { code: '' }, onSuccess: proved })
  const refusal = useOneField('preuve-code', form)
  const { error, ...field } = form.field('code')
  return (
    <Form form={quiet(form)} label="Confirmer par un code">
      <TextField
        {...field}
        {...{ label, aide }}
        id="preuve-code"
        error={error ?? refusal}
        inputMode="numeric"
        autoComplete="one-time-code"
        code
        maxLength={7}
      />
      {children}
      <SubmitButton icon={ShieldCheck} autres={<GiveUp />}>
        Confirmer
      </SubmitButton>
    </Form>
  )
}

const PasswordProof = () => {
  const form = useContractForm(preuveRoutes.provePassword, { defaultValues: { motDePasse: '' }, onSuccess: proved })
  const refusal = useOneField('preuve-mot-de-passe', form)
  const { error, ...field } = form.field('motDePasse')
  return (
    <Form form={quiet(form)} label="Confirmer par le mot de passe">
      <TextField
        {...field}
        label="Mot de passe"
        id="preuve-mot-de-passe"
        error={error ?? refusal}
        type="password"
        autoComplete="current-password"
      />
      <SubmitButton icon={ShieldCheck} autres={<GiveUp />}>
        Confirmer
      </SubmitButton>
    </Form>
  )
}

const MailProof = () => {
  const send = useMutation({ mutationFn: () => call(preuveRoutes.sendCode, {}) })
  const [sent, setSent] = useState<{ adresse: string; times: number } | null>(null)
  const ask = () =>
    send.mutate(undefined, { onSuccess: ({ adresse }) => setSent((former) => ({ adresse, times: (former?.times ?? 0) + 1 })) })
  if (!sent)
    return (
      <>
        <p>Nous envoyons un code à 6 chiffres à l’adresse de votre compte.</p>
        <RefusalNotice error={send.error} />
        <ButtonRow>
          <Button icon={Mail} pending={send.isPending} onClick={ask}>
            Recevoir le code
          </Button>
          <GiveUp />
        </ButtonRow>
      </>
    )
  return (
    <CodeProof route={preuveRoutes.proveCode} label="Code reçu" aide={`Envoyé à ${sent.adresse}. Exemple\u00a0: 123 456.`}>
      <p className="petit" role="status">
        {sent.times > 1 ? 'Un nouveau code est parti. Le précédent ne sert plus.' : 'Rien reçu\u00a0? Regardez dans les indésirables.'}{' '}
        <Button variant="lien" pending={send.isPending} onClick={ask}>
          Renvoyer le code
        </Button>
      </p>
      <RefusalNotice error={send.error} />
    </CodeProof>
  )
}

const TotpProof = () => (
  <CodeProof
    route={preuveRoutes.proveTotp}
    label="Code de votre application"
    aide="Les 6 chiffres affichés en ce moment. Exemple&nbsp;: 123 456."
  />
)

const WAYS: Record<Preuve, { nom: string; Way: () => ReactNode }> = {
  passkey: { nom: 'Ma clé d’accès', Way: PasskeyProof },
  totp: { nom: 'Le code de mon application', Way: TotpProof },
  mot_de_passe: { nom: 'Mon mot de passe', Way: PasswordProof },
  courriel: { nom: 'Un code reçu par courriel', Way: MailProof },
}

const NoWay = () => (
  <>
    <p>
      Aucun moyen de le prouver n’est enregistré pour votre compte. Ajoutez une clé d’accès ou une application de codes, puis revenez ici.
    </p>
    <ButtonRow>
      <LinkButton href="/compte/securite">Ajouter un moyen dans « Mon compte »</LinkButton>
      <GiveUp />
    </ButtonRow>
  </>
)

type ChosenProps = { methode: Preuve; others: readonly Preuve[]; onChoose: (methode: Preuve) => void }

const Chosen = ({ methode, others, onChoose }: ChosenProps) => {
  const root = useRef<HTMLDivElement>(null)
  const { Way } = WAYS[methode]
  // what is asked comes first: the box to fill, or the button that starts
  useEffect(() => root.current?.querySelector<HTMLElement>('input, .rang-boutons button')?.focus(), [])
  return (
    <div ref={root} className="pile">
      <p className="doux">{`Cette action demande de prouver votre identité. La preuve vaut ensuite ${PREUVE_MINUTES}\u00a0minutes.`}</p>
      <Way />
      {others.length > 0 && (
        <div className="autres-moyens petit">
          <p className="doux">Un autre moyen&nbsp;:</p>
          {others.map((one) => (
            <Button key={one} variant="lien" onClick={() => onChoose(one)}>
              {WAYS[one].nom}
            </Button>
          ))}
        </div>
      )}
    </div>
  )
}

const Ways = () => {
  const { preuve } = useSession()
  const [chosen, setChosen] = useState<Preuve | null>(null)
  const known = preuve.methodes.filter((methode) => methode !== 'passkey' || canUsePasskeys())
  const methode = chosen ?? known[0]
  if (!methode) return <NoWay />
  return <Chosen key={methode} methode={methode} others={known.filter((one) => one !== methode)} onChoose={setChosen} />
}

/** Opens when a call or a file needs a fresh proof; the call goes on by itself once it is given. */
export const ProofDialog = () => {
  const asked = useSyncExternalStore(onProofChange, isProofAsked)
  return (
    <Dialog titre="Confirmez que c’est bien vous" open={asked} onClose={giveUp} ferme>
      {asked && <Ways />}
    </Dialog>
  )
}
