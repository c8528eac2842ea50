import { type ComptePersonnel, comptePersonnelRoutes } from '@pass/contracts/compte-personnel.ts'
import type { Output } from '@pass/contracts/route.ts'
import { useApiMutation } from '@pass/web/api.ts'
import { useContractForm } from '@pass/web/form.ts'
import { refreshSession } from '@pass/web/session.tsx'
import { Badge } from '@pass/web/ui/badge.tsx'
import { Button } from '@pass/web/ui/button.tsx'
import { Card } from '@pass/web/ui/card.tsx'
import { ConfirmDialog } from '@pass/web/ui/confirm-dialog.tsx'
import { Form } from '@pass/web/ui/form.tsx'
import { RefusalNotice } from '@pass/web/ui/notice.tsx'
import { SubmitButton } from '@pass/web/ui/submit-button.tsx'
import { TextField } from '@pass/web/ui/text-field.tsx'
import { Instant } from '@pass/web/ui/values.tsx'
import { Smartphone } from 'lucide-react'
import { create } from 'qrcode'
import { useMemo, useState } from 'react'
import { useSay } from './done.tsx'
import { useLastFactor } from './last-factor.ts'
import { pathOf } from './qr.ts'

const { confirmTotp, getComptePersonnel, removeTotp, startTotp } = comptePersonnelRoutes
type Secret = Output<typeof startTotp>

const MARGIN = 4

const Qr = ({ adresse }: { adresse: string }) => {
  const { size, path } = useMemo(() => {
    const { modules } = create(adresse, { errorCorrectionLevel: 'M' })
    return { size: modules.size, path: pathOf(modules) }
  }, [adresse])
  const side = size + 2 * MARGIN
  return (
    <svg className="qr" role="img" aria-label="Code à scanner par l’application" viewBox={`${-MARGIN} ${-MARGIN} ${side} ${side}`}>
      <rect x={-MARGIN} y={-MARGIN} width={side} height={side} fill="#fff" />
      <path d={path} fill="#000" shapeRendering="crispEdges" />
    </svg>
  )
}

const Confirm = ({ secret: { adresse, secret }, onDone }: { secret: Secret; onDone: (confirmed: boolean) => void }) => {
  const form = useContractForm(confirmTotp, {
    defaultValues: { code: '' },
    invalidates: [getComptePersonnel],
    onSuccess: async () => {
      await refreshSession()
      onDone(true)
    },
  })
  return (
    <>
      <ol className="puces-numeros pile">
        <li>
          <p>Ouvrez l’application sur votre téléphone et scannez ce code.</p>
          <Qr adresse={adresse} />
          <p className="petit">
            <span className="doux">Sans appareil photo, tapez cette clé :</span> <span className="code secret">{secret}</span>
          </p>
        </li>
        <li>Recopiez les 6 chiffres qu’elle affiche.</li>
      </ol>
      <Form form={form} label="Activer l’application de codes">
        <TextField
          label="Code affiché"
          aide="Exemple : 123 456."
          inputMode="numeric"
          autoComplete="one-time-code"
          code
          maxLength={7}
          {...form.field('code')}
        />
        <SubmitButton
          autres={
            <Button variant="second" onClick={() => onDone(false)}>
              Renoncer
            </Button>
          }
        >
          Activer l’application
        </SubmitButton>
      </Form>
    </>
  )
}

const Start = () => {
  const say = useSay()
  const [secret, setSecret] = useState<Secret | null>(null)
  const start = useApiMutation(startTotp, { onSuccess: setSecret })
  const done = (confirmed: boolean) => {
    setSecret(null)
    if (confirmed)
      say({ titre: 'Application de codes activée.', suite: 'Son code vous sera demandé à chaque connexion par lien ou mot de passe.' })
  }
  if (secret) return <Confirm secret={secret} onDone={done} />
  return (
    <>
      <RefusalNotice error={start.error} />
      <Button variant="second" icon={Smartphone} pending={start.isPending} onClick={() => start.mutate({})}>
        Ajouter une application de codes
      </Button>
    </>
  )
}

const Active = ({ compte, at }: { compte: ComptePersonnel; at: string }) => {
  const say = useSay()
  const reason = useLastFactor(compte)
  const remove = useApiMutation(removeTotp, {
    invalidates: [getComptePersonnel],
    onSuccess: async () => {
      await refreshSession()
      say({ titre: 'Application de codes retirée.', suite: 'Supprimez aussi la ligne « Pass numérique » de l’application.' })
    },
  })
  return (
    <>
      <p className="ligne-simple">
        <span>
          Depuis le <Instant at={at} />
        </span>
        <Badge tone="bien">En service</Badge>
      </p>
      <ConfirmDialog
        label="Retirer l’application"
        titre="Retirer l’application de codes ?"
        action="Retirer l’application de codes"
        danger
        disabledReason={reason}
        onConfirm={() => remove.mutateAsync({})}
      >
        <p>Ses codes ne seront plus demandés, ni acceptés.</p>
      </ConfirmDialog>
    </>
  )
}

/** A second factor on the phone: six figures that change every half minute. */
export const TotpCard = ({ compte }: { compte: ComptePersonnel }) => (
  <Card titre="Application de codes">
    <p>
      Une application de votre téléphone (FreeOTP, Google Authenticator, celle de votre gestionnaire de mots de passe) donne un code à 6
      chiffres.
    </p>
    {compte.totpAt ? <Active compte={compte} at={compte.totpAt} /> : <Start />}
  </Card>
)
