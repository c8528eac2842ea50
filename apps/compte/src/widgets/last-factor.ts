import type { ComptePersonnel } from '@pass/contracts/compte-personnel.ts'
import { needsSecondFactor } from '@pass/domain/acces.ts'
import { useSession } from '@pass/web/session.tsx'

const LAST = 'Votre rôle demande un second facteur, et c’est le dernier. Ajoutez-en un autre avant de retirer celui-ci.'

/** Why the only factor left cannot be taken away, for a role that needs one; or null. */
export const useLastFactor = ({ passkeys, totpAt }: ComptePersonnel): string | null => {
  const { adhesions } = useSession()
  const count = passkeys.length + (totpAt ? 1 : 0)
  return count === 1 && adhesions.some(({ role }) => needsSecondFactor(role, false)) ? LAST : null
}
