import { type ComptePersonnel, comptePersonnelRoutes, type Passkey } from '@pass/contracts/compte-personnel.ts'
import { call, useAct, useApiMutation } from '@pass/web/api.ts'
import { useContractForm } from '@pass/web/form.ts'
import { canUsePasskeys, makePasskey } from '@pass/web/passkeys.ts'
import { refreshSession } from '@pass/web/session.tsx'
import { Button } from '@pass/web/ui/button.tsx'
import { Card } from '@pass/web/ui/card.tsx'
import { ConfirmDialog } from '@pass/web/ui/confirm-dialog.tsx'
import { Form } from '@pass/web/ui/form.tsx'
import { Notice } from '@pass/web/ui/notice.tsx'
import { TextField } from '@pass/web/ui/text-field.tsx'
import { Instant } from '@pass/web/ui/values.tsx'
import { Fingerprint, Plus } from 'lucide-react'
import { useState } from 'react'
import { useSay } from './done.tsx'
import { useLastFactor } from './last-factor.ts'

const { addPasskey, challengeNewPasskey, getComptePersonnel, removePasskey } = comptePersonnelRoutes

const useAdd = (onAdded: () => void) => {
  const say = useSay()
  const form = useContractForm(addPasskey, {
    defaultValues: { nom: '' },
    invalidates: [getComptePersonnel],
    onSuccess: async () => {
      await refreshSession()
      say({ titre: 'Clé d’accès ajoutée.', suite: 'Elle ouvre votre compte et confirme vos actions importantes, sans code à recopier.' })
      onAdded()
    },
  })
  // the name first: the browser's own window opens only once the rest is right
  const make = useAct(async () => {
    if (!(await form.trigger('nom'))) return
    const { defiId, options } = await call(challengeNewPasskey, {})
    form.setValue('defiId', defiId)
    form.setValue('reponse', await makePasskey(options))
    await form.submit()
  })
  return { form, make }
}

const AddForm = ({ onAdded, onCancel }: { onAdded: () => void; onCancel: () => void }) => {
  const { form, make } = useAdd(onAdded)
  const refusal = make.error?.message ?? form.refusal
  return (
    <Form
      form={{ ...form, problems: [], submit: async (event) => (event?.preventDefault(), make.mutate()) }}
      label="Ajouter une clé d’accès"
    >
      <TextField label="Nom de cette clé" aide="Pour la reconnaître. Exemple : Téléphone d’Ada." {...form.field('nom')} />
      {refusal && (
        <Notice tone="refus" live="alert">
          {refusal}
        </Notice>
      )}
      <div className="rang-boutons">
        <Button type="submit" icon={Fingerprint} pending={make.isPending || form.pending}>
          Créer la clé
        </Button>
        <Button variant="second" onClick={onCancel}>
          Renoncer
        </Button>
      </div>
    </Form>
  )
}

const Key = ({ passkey, reason }: { passkey: Passkey; reason: string | null }) => {
  const say = useSay()
  const remove = useApiMutation(removePasskey, {
    invalidates: [getComptePersonnel],
    onSuccess: async () => {
      await refreshSession()
      say({ titre: `Clé « ${passkey.nom} » retirée.`, suite: 'Elle n’ouvre plus votre compte. Supprimez-la aussi de votre appareil.' })
    },
  })
  return (
    <li>
      <Fingerprint aria-hidden="true" />
      <span>
        <strong>{passkey.nom}</strong>
        <span className="petit doux sous">
          Ajoutée le <Instant at={passkey.creeeAt} />
          {passkey.utiliseeAt ? (
            <>
              , servie le <Instant at={passkey.utiliseeAt} />
            </>
          ) : (
            ', jamais servie'
          )}
        </span>
      </span>
      <ConfirmDialog
        variant="lien"
        label={
          <>
            Retirer<span className="hors-ecran">{` la clé ${passkey.nom}`}</span>
          </>
        }
        titre={`Retirer la clé « ${passkey.nom} » ?`}
        action="Retirer cette clé"
        danger
        disabledReason={reason}
        onConfirm={() => remove.mutateAsync({ params: { passkeyId: passkey.id } })}
      >
        <p>Elle n’ouvrira plus votre compte. Vous pourrez en ajouter une autre.</p>
      </ConfirmDialog>
    </li>
  )
}

/** The keys of one's devices: the safest way in, and a second factor by itself. */
export const PasskeysCard = ({ compte }: { compte: ComptePersonnel }) => {
  const [adding, setAdding] = useState(false)
  const reason = useLastFactor(compte)
  return (
    <Card titre="Clés d’accès">
      <p>
        Votre empreinte, votre visage ou le code de votre appareil. C’est le plus sûr et le plus rapide : rien à retenir, rien à recopier.
      </p>
      {compte.passkeys.length > 0 && (
        <ul className="cles">
          {compte.passkeys.map((passkey) => (
            <Key key={passkey.id} passkey={passkey} reason={reason} />
          ))}
        </ul>
      )}
      {adding ? (
        <AddForm onAdded={() => setAdding(false)} onCancel={() => setAdding(false)} />
      ) : (
        <Button
          variant={compte.passkeys.length > 0 ? 'second' : 'principal'}
          icon={Plus}
          disabledReason={canUsePasskeys() ? null : 'Ce navigateur ne connaît pas les clés d’accès.'}
          onClick={() => setAdding(true)}
        >
          Ajouter une clé d’accès
        </Button>
      )}
    </Card>
  )
}
