import { comptePersonnelRoutes } from '@pass/contracts/compte-personnel.ts'
import { apiQuery, useWarmed, warm } from '@pass/web/api.ts'
import { useSession } from '@pass/web/session.tsx'
import { Columns } from '@pass/web/ui/card.tsx'
import { Notice } from '@pass/web/ui/notice.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { FIL } from '../paths.ts'
import { WithDone } from '../widgets/done.tsx'
import { PasskeysCard } from '../widgets/passkeys-card.tsx'
import { PasswordCard } from '../widgets/password-card.tsx'
import { PinCard } from '../widgets/pin-card.tsx'
import { TotpCard } from '../widgets/totp-card.tsx'

export const loader = () => warm({ compte: apiQuery(comptePersonnelRoutes.getComptePersonnel, {}) })

const FactorNotice = () => {
  const { secondFacteur } = useSession()
  if (!secondFacteur.requis || secondFacteur.methodes.length > 0) return null
  return (
    <Notice tone="attente" titre="Votre rôle demande un second facteur.">
      Ajoutez une clé d’accès ou une application de codes : le reste s’ouvrira aussitôt.
    </Notice>
  )
}

export const Component = () => {
  const { compte } = useWarmed<typeof loader>()
  return (
    <Page titre="Sécurité" fil={FIL} intro="Ce qui prouve que c’est bien vous, à la connexion et avant les actions importantes.">
      <FactorNotice />
      <WithDone>
        <Columns>
          <div className="pile">
            <PasskeysCard compte={compte} />
            <TotpCard compte={compte} />
          </div>
          <div className="pile">
            <PasswordCard compte={compte} />
            <PinCard compte={compte} />
          </div>
        </Columns>
      </WithDone>
    </Page>
  )
}
