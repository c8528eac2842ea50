import { mountApp } from '@pass/web/app.tsx'
import { CalendarDays, Euro, Landmark, MapPin, ScanQrCode, Users } from 'lucide-react'
import { installApp } from './guichet/install.ts'
import { openSession } from './offline/kept-session.ts'
import { startOffline } from './offline/engine.ts'
import { paths } from './paths.ts'
import { routes } from './routes.tsx'
import './guichet.css'
import './styles.css'

installApp()
if (await openSession()) startOffline()

mountApp({
  role: 'mediateur',
  titre: 'Médiateur',
  menu: [
    { to: paths.journee(), label: 'Ma journée', icon: CalendarDays, end: true },
    { to: paths.guichet(), label: 'Guichet', icon: ScanQrCode, droit: 'pass:verify' },
    { to: paths.ateliers(), label: 'Ateliers', icon: Users, droit: 'atelier:read' },
    { to: paths.virements(), label: 'Virements', icon: Euro, droit: 'bordereau:read' },
    { to: paths.compteBancaire(), label: 'Compte bancaire', icon: Landmark, droit: 'compte_bancaire:read' },
    { to: paths.monLieu(), label: 'Mon lieu', icon: MapPin, droit: 'lieu:serve' },
  ],
  routes,
})
