import type { CallInput } from '@pass/contracts/route.ts'
import type { Session } from '@pass/contracts/session.ts'
import { call, useAct } from '@pass/web/api.ts'
import { answerDefi, canUsePasskeys } from '@pass/web/passkeys.ts'
import { Button, type Variant } from '@pass/web/ui/button.tsx'
import { RefusalNotice } from '@pass/web/ui/notice.tsx'
import { Fingerprint } from 'lucide-react'
import type { ReactNode } from 'react'
import { challengePasskey, challengePreuve, provePasskey, signInPasskey } from '../calls.ts'

type Answer = Pick<NonNullable<CallInput<typeof signInPasskey>['body']>, 'defiId' | 'reponse'>

/** Signs in by a passkey: the browser lists those it holds for this site. */
export const enterByPasskey = async (guichet: boolean): Promise<Session> => {
  const { defiId, options } = await call(challengePasskey, {})
  return call(signInPasskey, { body: { ...(await answer(defiId, options)), guichet } })
}

/** Proves by a passkey who the signed-in person is. */
export const proveByPasskey = async (): Promise<Session> => {
  const { defiId, options } = await call(challengePreuve, {})
  return call(provePasskey, { body: await answer(defiId, options) })
}

const answer = async (defiId: string, options: Record<string, unknown>): Promise<Answer> => ({ defiId, reponse: await answerDefi(options) })

type Props = { variant?: Variant; act: () => Promise<Session>; onSession: (session: Session) => void; children: ReactNode }

/** One press, then the browser's own dialog; what it or the server refused is said above the button. */
export const PasskeyButton = ({ variant = 'second', act, onSession, children }: Props) => {
  const enter = useAct(act)
  return (
    <div className="pile">
      <RefusalNotice error={enter.error} />
      <div className="rang-boutons">
        <Button
          variant={variant}
          icon={Fingerprint}
          pending={enter.isPending}
          disabledReason={canUsePasskeys() ? null : 'Ce navigateur ne connaît pas les clés d’accès.'}
          onClick={() => enter.mutate(undefined, { onSuccess: onSession })}
        >
          {children}
        </Button>
      </div>
    </div>
  )
}
