import type { Output } from '@pass/contracts/route.ts'
import type { Session } from '@pass/contracts/session.ts'
import { ROLE_LABELS } from '@pass/domain/organisations.ts'
import { plural } from '@pass/domain/money.ts'
import { ApiError } from '@pass/web/errors.ts'
import { useContractForm } from '@pass/web/form.ts'
import { Button } from '@pass/web/ui/button.tsx'
import { Card } from '@pass/web/ui/card.tsx'
import { Form } from '@pass/web/ui/form.tsx'
import { SubmitButton } from '@pass/web/ui/submit-button.tsx'
import { TextField } from '@pass/web/ui/text-field.tsx'
import { ArrowLeft, LockOpen } from 'lucide-react'
import { useEffect } from 'react'
import { Link } from 'react-router'
import { type getGuichet, takeGuichet } from '../calls.ts'
import { paths } from '../paths.ts'
import { PinPad } from './pin-pad.tsx'
import { useWait, WaitNotice, waitReason, withoutWait } from './wait.tsx'

export type Agent = Output<typeof getGuichet>['agents'][number]

const PIN = 6

/** The code of one person on a trusted desk. A wrong one is emptied at once; a blocked one leads to the whole sign-in. */
export const PinForm = ({ agent, onSession, onBack }: { agent: Agent; onSession: (session: Session) => void; onBack: () => void }) => {
  const form = useContractForm(takeGuichet, { defaultValues: { adhesionId: agent.adhesionId, pin: '' }, onSuccess: onSession })
  const { error } = form.mutation
  const left = useWait(error)
  const typed = form.watch('pin') ?? ''
  const type = (pin: string) => form.setValue('pin', pin.slice(0, PIN))
  const { setValue, setFocus } = form
  useEffect(() => {
    setFocus('pin')
  }, [setFocus])
  useEffect(() => {
    if (!error) return
    setValue('pin', '')
    setFocus('pin')
  }, [error, setValue, setFocus])
  const blocked = error instanceof ApiError && error.code === 'pin_bloque'
  return (
    <Card titre={`${agent.nom}, ${ROLE_LABELS[agent.role].toLowerCase()}`}>
      <Form form={withoutWait(form, error)} label={`Code de ${agent.nom}`}>
        <TextField
          label="Votre code à 6 chiffres"
          type="password"
          inputMode="numeric"
          autoComplete="off"
          maxLength={PIN}
          code
          {...form.field('pin')}
        />
        <p className="hors-ecran" role="status">
          {typed.length > 0 && `${plural(typed.length, 'chiffre')} sur ${PIN}`}
        </p>
        <PinPad onDigit={(digit) => type(typed + digit)} onErase={() => type(typed.slice(0, -1))} />
        <WaitNotice error={error} left={left} />
        <SubmitButton
          icon={LockOpen}
          disabledReason={
            blocked
              ? 'Votre code est bloqué : connectez-vous en entier, puis choisissez-en un autre dans « Mon compte ».'
              : waitReason(left)
          }
          autres={
            <Button variant="second" icon={ArrowLeft} onClick={onBack}>
              Une autre personne
            </Button>
          }
        >
          Prendre la main
        </SubmitButton>
      </Form>
      {blocked && (
        <p>
          <Link to={paths.connexion()}>Me connecter en entier</Link>
        </p>
      )}
    </Card>
  )
}
